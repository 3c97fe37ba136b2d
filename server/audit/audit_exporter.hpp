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

/// Has the audit written to a file: takes entries from the streams, and acknowledges them when they are on
/// disk. One core of each server runs it, on that core's thread; several servers share the work by Redis's
/// consumer groups.
///
/// Once a second it looks at all groups' events, and at the creations, which lie in a stream for each
/// provider, of a sixteenth of the groups. What was taken but not written (a full disk, a crash) is taken
/// again after a minute, by whichever server looks first.
class audit_exporter {
public:
  /// The references outlive the object.
  audit_exporter(boost::asio::io_context& io, store::audit_buffer& buffer, audit_writer& writer,
                 log_buffer& log, audit_counters& counts);

  void start(std::chrono::milliseconds first_after) { rounds_.start(first_after); }

  /// What is on disk by then is acknowledged first.
  void stop(std::function<void()> stopped);

private:
  static constexpr std::size_t looks = 16; ///< after so many all creations have been looked at
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

  std::vector<source> again_;                      ///< gave as much as one call may: there is more
  std::vector<written_entries> written_;           ///< and not yet acknowledged
  std::array<std::string, store::groups> cursors_; ///< where each group's providers go on
  std::size_t look_ = 0;
  clock::time_point next_look_{};
  bool failing_ = false; ///< the file did not take the last batch

  chain_head head_; ///< behind the last line
  chain_head told_head_;
  clock::time_point next_head_{};
  rounds rounds_;
};

} // namespace invited::server
