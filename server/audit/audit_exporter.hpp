#pragma once

#include "server/audit/audit_counters.hpp"
#include "server/audit/audit_writer.hpp"
#include "server/log/log_buffer.hpp"
#include "server/loop/rounds.hpp"

#include "store/async/task.hpp"
#include "store/audit/audit_buffer.hpp"

#include <boost/asio/io_context.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace invited::server {

/// Exports the audit to a file: it takes entries from the streams, and acknowledges them when they are on
/// disk. One core of each server runs it, on that core's thread. Several servers share the work by Redis's
/// consumer groups.
///
/// Once a second it looks at the events of all groups, and at the creations of a sixteenth of the groups;
/// creations are in one stream for each provider. Entries that were taken but not written (a full disk, a
/// crash) are taken again after a minute, by the server that looks first.
class audit_exporter {
public:
  /// The references must outlive the object.
  audit_exporter(boost::asio::io_context& io, store::audit_buffer& buffer, audit_writer& writer,
                 log_buffer& log, audit_counters& counts);

  void start(std::chrono::milliseconds first_after) { rounds_.start(first_after); }

  /// Acknowledges first what is on disk by then.
  void stop(std::function<void()> stopped);

private:
  static constexpr std::size_t looks = 16; ///< after so many rounds all creations have been looked at
  static constexpr std::chrono::milliseconds period{1000};
  static constexpr std::chrono::milliseconds retry{5000};

  struct source {
    store::audit_stream stream;
    bool take_over;
  };
  struct written_entries {
    store::audit_stream of;
    std::vector<std::string> ids;
  };
  using clock = std::chrono::steady_clock;

  task<std::chrono::milliseconds> round();
  task<std::vector<source>> find_sources();
  task<audit_batch> take(std::vector<source>& from);
  task<bool> write(const audit_batch& batch);
  task<void> acknowledge();
  task<void> add_creations(const std::vector<store::group>& now, std::vector<source>& out);
  void note_written(const audit_batch& batch);
  void tell_head(const chain_head& head);
  void count_lost(std::int64_t entries);

  store::audit_buffer& buffer_;
  audit_writer& writer_;
  log_buffer& log_;
  audit_counters& counts_;

  std::vector<source> again_;                      ///< it gave as much as one call may, so there is more
  std::vector<written_entries> written_;           ///< and not yet acknowledged
  std::array<std::string, store::groups> cursors_; ///< where each group's providers go on
  std::size_t look_ = 0;
  clock::time_point next_look_{};
  bool failing_ = false; ///< the last batch could not be written to the file

  chain_head head_; ///< after the last line
  chain_head told_head_;
  clock::time_point next_head_{};
  rounds rounds_;
};

} // namespace invited::server
