#pragma once

#include "handlers/http/call_tallies.hpp"
#include "server/http/http_context.hpp"
#include "store/base/tally.hpp"
#include "store/invites/invite_events.hpp"
#include "store/redis/traffic.hpp"

#include <atomic>
#include <span>

namespace invited::server {

/// Pointers to the counters of one core, for adding up all cores. Each has a single writer and may be read on
/// any thread.
struct core_figures {
  const http_counters* http;
  const handlers::call_tallies* calls; ///< of the public routes
  const store::redis::traffic* redis;
  const std::atomic<bool>* redis_up;
  const store::redis::traffic* reads; ///< the connection for costly reads
  const std::atomic<bool>* reads_up;
  const store::tally* refused_reads;
  const store::invite_tally* invites;
  const store::tally* expired;           ///< counted by this core's sweep
  const store::tally* refused_patients;  ///< by address
  const store::tally* refused_strangers; ///< by address
  const store::tally* refused_calls;     ///< of staff, by quota
  const store::tally* refused_tokens;
  const store::tally* refused_bulks;
  const store::tally* refused_from_memory; ///< creations
  const store::tally* suppressed_audit;    ///< events that came while the audit was full
};

} // namespace invited::server
