#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace invited::server {

/// Where log lines get their time from.
using log_clock = std::function<std::chrono::system_clock::time_point()>;

/// Writes log lines to a file descriptor from a thread of its own, so that a slow disk or a full pipe never
/// stops an event loop. One a process; write() and dropped() may be called from any thread.
///
/// At most `limit` bytes wait. What comes on top is dropped and counted, and once there is room again a line
/// says how many lines were lost: `{"time":…,"level":"warning","event":"log_lines_dropped","lines":N}`. The
/// same goes for lines that the descriptor refuses.
class log_sink {
public:
  static constexpr std::size_t default_limit = std::size_t{8} << 20;

  /// The descriptor stays the caller's, open for as long as the sink lives.
  explicit log_sink(log_clock now, int fd = 2, std::size_t limit = default_limit,
                    std::chrono::milliseconds patience = std::chrono::seconds{5});

  /// Writes what waits, for as long as `patience`, then goes without it: a log reader that hangs must not
  /// keep the process from ending. The descriptor must then stay open, since the thread is left behind in
  /// write(2).
  ~log_sink();

  log_sink(const log_sink&) = delete;
  log_sink& operator=(const log_sink&) = delete;

  /// Takes whole lines, each with its `\n`; they come out in one piece. Lines wait a few milliseconds for
  /// others, to share one write(2): under load that is the better part of what logging costs. Gives an empty
  /// string for the next lines, under load one that has room already: what one thread allocates and another
  /// frees comes dear.
  std::string write(std::string lines);

  /// How many lines were lost since the start.
  std::uint64_t dropped() const;

private:
  class writer;
  std::shared_ptr<writer> writer_; ///< shared with the thread, which may outlive us
  const std::chrono::milliseconds patience_;
  std::thread thread_;
};

} // namespace invited::server
