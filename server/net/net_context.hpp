#pragma once

#include "server/http/http_context.hpp"
#include "server/net/deadlines.hpp"
#include "server/net/write_queue.hpp"

namespace invited::server {

/// All that the sessions of one door share. Used on its core's thread only; all of it outlives its sessions.
struct net_context {
  http_context& http;
  deadlines& timers; ///< no other door's sessions are in these
  write_queue& writes;
};

} // namespace invited::server
