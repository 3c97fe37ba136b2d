#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace invited::test {

/// A pipe that a log sink writes to. The test holds the reading end.
class log_pipe {
public:
  log_pipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  }
  ~log_pipe() {
    close_reader();
    ::close(ends_[1]);
  }
  log_pipe(const log_pipe&) = delete;
  log_pipe& operator=(const log_pipe&) = delete;

  int writer() const { return ends_[1]; }

  void close_reader() {
    if (ends_[0] >= 0) ::close(ends_[0]);
    ends_[0] = -1;
  }

  void make_writer_nonblocking() { ::fcntl(ends_[1], F_SETFL, ::fcntl(ends_[1], F_GETFL) | O_NONBLOCK); }

  /// How much fits in before a writer must wait.
  std::size_t shrink() {
    const int size = ::fcntl(ends_[1], F_SETPIPE_SZ, 4096);
    if (size < 0) throw std::runtime_error("F_SETPIPE_SZ");
    return static_cast<std::size_t>(size);
  }

  /// The next `size` bytes, or fewer if none come for ten seconds.
  std::string read(std::size_t size) {
    while (waiting_.size() < size && fill(10'000)) {
    }
    return take(std::min(size, waiting_.size()));
  }

  /// The next line, without its end.
  std::string read_line() {
    auto end = waiting_.find('\n');
    while (end == std::string::npos && fill(10'000)) end = waiting_.find('\n');
    auto line = take(std::min(end, waiting_.size()));
    if (end != std::string::npos) take(1);
    return line;
  }

  /// Whatever is there now.
  std::string read_ready() {
    while (fill(0)) {
    }
    return take(waiting_.size());
  }

private:
  bool fill(int timeout_ms) {
    pollfd readable{ends_[0], POLLIN, 0};
    if (::poll(&readable, 1, timeout_ms) <= 0) return false;
    char part[65536];
    const auto count = ::read(ends_[0], part, sizeof part);
    if (count <= 0) return false;
    waiting_.append(part, static_cast<std::size_t>(count));
    return true;
  }

  std::string take(std::size_t size) {
    auto out = waiting_.substr(0, size);
    waiting_.erase(0, size);
    return out;
  }

  std::string waiting_; ///< read from the pipe, but not asked for yet
  int ends_[2] = {-1, -1};
};

} // namespace invited::test
