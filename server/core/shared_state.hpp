#pragma once

#include "handlers/api.hpp"
#include "handlers/limits/address_limiter.hpp"
#include "handlers/limits/staff_quota.hpp"
#include "handlers/making/bulk_places.hpp"
#include "handlers/service/readiness.hpp"
#include "handlers/tokens/staff_keys.hpp"
#include "server/audit/audit_counters.hpp"
#include "server/config/options.hpp"
#include "server/core/core_figures.hpp"
#include "server/core/door_circle.hpp"
#include "server/http/memory_budget.hpp"
#include "server/log/log_sink.hpp"
#include "server/net/connection_budget.hpp"
#include "store/async/work_queue.hpp"
#include "store/base/entropy.hpp"
#include "store/crypto/key_ring.hpp"
#include "store/redis/connection.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace invited::server {

/// What the cores of one process share: it is read only, or made for many threads. It must outlive the cores.
struct shared_state {
  const server::options& options;
  log_sink& log;
  std::shared_ptr<const handlers::staff_keys> staff_keys;
  std::shared_ptr<const store::key_ring> first_keys; ///< what each core starts with
  store::redis::connection_settings redis;

  handlers::address_limiter patients;      ///< patients' routes
  handlers::address_limiter strangers;     ///< all other routes, without a token
  handlers::address_limiter failed_tokens; ///< staff tokens that did not verify
  handlers::staff_quota staff;             ///< what calls by staff may cost
  handlers::bulk_places bulks{};           ///< callers that have a call of many rows under way
  connection_budget connections;
  connection_budget admin_connections; ///< separate, because full public doors must not lock operators out
  memory_budget bodies;
  door_circle doors{}; ///< the public doors; each core adds its own before any core runs
  handlers::readiness ready;
  audit_counters audit{};

  /// Two threads hash passwords, whatever the number of cores: each hash takes 32 MiB and a third of a second
  /// of CPU. A network has places for three seconds of work, and cannot fill another's. All places together
  /// are half a minute of work (password_gate decides who goes first).
  static constexpr lane_bounds most_passwords{
      .in_lane = 16, .in_all = 128, .longest = std::chrono::seconds(30)};
  work_queue passwords{most_passwords, 2};

  /// Whether the log has said that X-Forwarded-For comes from a proxy that is not trusted. It says this once.
  std::atomic<bool> forwarded_noted{false};

  std::chrono::system_clock::time_point started; ///< the process
  std::vector<core_figures> figures{};           ///< each core adds its own before any core runs

  /// Called on any core's thread each time a connection was judged, with whether Redis's configuration is
  /// fit.
  std::function<void(bool fit)> on_redis_judged;
};

} // namespace invited::server
