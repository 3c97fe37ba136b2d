#pragma once

#include "server/http/http_context.hpp"
#include "server/net/deadlines.hpp"
#include "server/net/write_queue.hpp"

namespace invited::server {

/// What the sessions of one door share. Used on its core's thread only. Everything in it must outlive its
/// sessions.
struct net_context {
  http_context& http;
  deadlines& timers; ///< only this door's sessions are in these
  write_queue& writes;
};

} // namespace invited::server
