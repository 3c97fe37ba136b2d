#pragma once

#include "handlers/service/readiness.hpp"
#include "server/audit/audit_counters.hpp"
#include "server/log/log_buffer.hpp"
#include "server/loop/rounds.hpp"

#include "store/async/task.hpp"
#include "store/audit/audit_buffer.hpp"
#include "store/redis/connection.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace invited::server {

/// Checks every two seconds how much room Redis has: how many entries the audit has over all groups, and
/// whether memory has run out. It tells all cores (`ready`) and logs each change. One core of a server runs
/// it, on that core's thread.
class room_watch {
public:
  struct settings {
    std::int64_t audit_entries; ///< the audit is full with so many entries; it has room again with 5 % less
    std::chrono::steady_clock::duration quiet{std::chrono::seconds(5)}; ///< see judge_memory()
  };

  /// The references must outlive the object.
  room_watch(boost::asio::io_context& io, store::redis::connection& redis, store::audit_buffer& audit,
             log_buffer& log, handlers::readiness& ready, audit_counters& counts, const settings& wanted);

  void start(std::chrono::milliseconds first_after) { rounds_.start(first_after); }
  void stop() {
    rounds_.stop([] {});
  }

private:
  static constexpr std::chrono::seconds period{2};

  task<std::chrono::milliseconds> round();
  task<std::optional<std::int64_t>> count_entries();
  void judge_audit(std::int64_t entries);
  void judge_memory(bool is_out);

  store::redis::connection& redis_;
  store::audit_buffer& audit_;
  log_buffer& log_;
  handlers::readiness& ready_;
  audit_counters& counts_;
  const settings settings_;
  std::uint64_t refusals_ = 0; ///< memory had run out at the last check
  std::chrono::steady_clock::time_point quiet_since_{};
  bool was_out_ = false; ///< as the last log line said
  rounds rounds_;
};

} // namespace invited::server
