#pragma once

#include "server/audit/audit_counters.hpp"
#include "server/core/rounds.hpp"

#include "store/audit/audit_buffer.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace invited::server {

/// Keeps the events in Redis to their time: looks at each group once a minute, a few groups a second, and
/// trims what is older than the retention, but never what an exporter has yet to acknowledge. One core of
/// each server runs it, on that core's thread.
class audit_trimmer {
public:
  /// The references outlive the object.
  audit_trimmer(boost::asio::io_context& io, store::audit_buffer& buffer, std::chrono::milliseconds retention,
                audit_counters& counts, rounds::fault_observer on_fault);

  void start(std::chrono::milliseconds first_after) { rounds_.start(first_after); }
  void stop() {
    rounds_.stop([] {});
  }

private:
  static constexpr std::size_t groups = 256;
  static constexpr std::size_t at_a_time = 5; // all of them in 52 seconds

  task<std::chrono::milliseconds> round();

  store::audit_buffer& buffer_;
  const std::chrono::milliseconds retention_;
  audit_counters& counts_;
  std::size_t next_ = 0;
  std::vector<store::group> unfinished_; ///< more to trim there than one call may
  std::array<std::int64_t, groups> waiting_{};
  rounds rounds_;
};

} // namespace invited::server
