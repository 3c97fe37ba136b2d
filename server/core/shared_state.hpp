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

/// What the cores of one process have in common: read only, or made for many threads. Outlives them.
struct shared_state {
  const server::options& options;
  log_sink& log;
  std::shared_ptr<const handlers::staff_keys> staff_keys;
  std::shared_ptr<const store::key_ring> first_keys; ///< what each core starts with
  store::redis::connection_settings redis;

  handlers::address_limiter patients;      ///< patients' routes
  handlers::address_limiter strangers;     ///< all other routes, without a token
  handlers::address_limiter failed_tokens; ///< staff tokens that did not verify
  handlers::staff_quota staff;             ///< what staff's calls may cost
  handlers::bulk_places bulks{};           ///< callers with a call of many rows under way
  connection_budget connections;
  connection_budget admin_connections; ///< of its own: full public doors must not hide the operators'
  memory_budget bodies;
  door_circle doors{}; ///< to the public; each core adds its own before any of them runs
  handlers::readiness ready;
  audit_counters audit{};

  /// Passwords are hashed by two threads, whatever the number of cores: 32 MiB and a third of a second of CPU
  /// each. A network has places for three seconds of work, and fills no other's; all together wait half a
  /// minute at the most (password_gate says who goes first).
  static constexpr lane_bounds most_passwords{
      .in_lane = 16, .in_all = 128, .longest = std::chrono::seconds(30)};
  work_queue passwords{most_passwords, 2};

  /// Whether the log has said that X-Forwarded-For comes from a proxy that is not trusted: it says so once.
  std::atomic<bool> forwarded_noted{false};

  std::chrono::system_clock::time_point started; ///< the process
  std::vector<core_figures> figures{};           ///< each core adds its own before any of them runs

  /// Called, on any core's thread, with what Redis's configuration is worth each time a connection was
  /// judged.
  std::function<void(bool fit)> on_redis_judged;
};

} // namespace invited::server
