#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace invited::server {

/// The clock for log lines.
using log_clock = std::function<std::chrono::system_clock::time_point()>;

/// Writes log lines to a file descriptor from a thread of its own, so that a slow disk or a full pipe never
/// stops an event loop. One a process. Any thread may call write() and dropped().
///
/// At most `limit` bytes wait. Lines beyond that are dropped and counted. When there is room again, a line
/// says how many were lost: `{"time":…,"level":"warning","event":"log_lines_dropped","lines":N}`. The same
/// applies to lines that the descriptor refuses.
class log_sink {
public:
  static constexpr std::size_t default_limit = std::size_t{8} << 20;

  /// The caller owns the descriptor, and must keep it open as long as the sink lives.
  explicit log_sink(log_clock now, int fd = 2, std::size_t limit = default_limit,
                    std::chrono::milliseconds patience = std::chrono::seconds{5});

  /// Writes what waits, for at most `patience`, and then gives up, because a log reader that hangs must not
  /// keep the process from ending. In that case the descriptor must stay open, because the thread is still in
  /// write(2).
  ~log_sink();

  log_sink(const log_sink&) = delete;
  log_sink& operator=(const log_sink&) = delete;

  /// Takes whole lines, each with its `\n`; they are written in one piece. Lines wait a few milliseconds for
  /// others and share one write(2), which under load is most of the cost of logging.
  void write(std::string lines);

  /// How many lines were lost since the start.
  std::uint64_t dropped() const;

private:
  class writer;
  std::shared_ptr<writer> writer_; ///< shared with the thread, which may outlive this object
  const std::chrono::milliseconds patience_;
  std::thread thread_;
};

} // namespace invited::server
