#pragma once

#include "server/audit/audit_counters.hpp"
#include "server/loop/rounds.hpp"

#include "store/audit/audit_buffer.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace invited::server {

/// How long the audit stays in Redis.
struct audit_retention {
  std::chrono::milliseconds events;
  std::chrono::milliseconds creations; ///< at least as long as ledgers live, because these entries list them
};

/// Trims the audit in Redis. It looks at each group about once a minute, a few groups a second: at its events
/// and at its providers' indexes. It trims entries that are older than the retention, but none that an
/// exporter has not acknowledged. One core of each server runs it, on that core's thread.
class audit_trimmer {
public:
  /// The references must outlive the object.
  audit_trimmer(boost::asio::io_context& io, store::audit_buffer& buffer, audit_retention keep,
                audit_counters& counts, rounds::fault_observer on_fault);

  void start(std::chrono::milliseconds first_after) { rounds_.start(first_after); }
  void stop() {
    rounds_.stop([] {});
  }

private:
  static constexpr std::size_t groups_at_a_time = 5;    // all groups in 52 seconds
  static constexpr std::size_t streams_at_a_time = 300; // bounded, because others use the connection, too

  task<std::chrono::milliseconds> round();
  task<void> find_streams();
  std::vector<store::audit_stream> take_streams();
  void note(store::audit_stream&& of, const store::tidied& done);
  void tell() const;

  store::audit_buffer& buffer_;
  const audit_retention keep_;
  audit_counters& counts_;
  std::vector<store::audit_stream> streams_;       ///< still to be looked at
  std::vector<store::group> unfinished_;           ///< groups with more providers than one look finds
  std::array<std::string, store::groups> cursors_; ///< where each group's providers go on
  std::array<std::int64_t, store::groups> waiting_events_{};
  std::array<std::int64_t, store::groups> waiting_creations_{}; ///< how far this look has come
  std::size_t next_ = 0;
  rounds rounds_;
};

} // namespace invited::server
