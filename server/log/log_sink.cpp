#include "server/log/log_sink.hpp"
#include "server/log/log_lines.hpp"
#include "server/log/timestamp.hpp"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <vector>

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace invited::server {

namespace {

using namespace std::chrono_literals;

// How long a line waits for others, because each wake-up of the thread slows requests.
constexpr auto linger = 20ms;
constexpr std::size_t enough = 262144; // if so many bytes wait, it does not wait longer

std::uint64_t count_lines(std::string_view text) {
  return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

/// Writes everything, and waits if the descriptor does not block. Returns what could not be written.
std::string_view write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(fd, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) { // another process made the shared pipe non-blocking
      pollfd writable{fd, POLLOUT, 0};
      ::poll(&writable, 1, 1000);
    } else if (errno != EINTR) {
      return text;
    }
  }
  return {};
}

/// Blocks every signal for the threads started while it lives: other threads wait for signals, and a reader
/// that went away must give an EPIPE and not a SIGPIPE that ends the process.
class signals_blocked {
public:
  signals_blocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~signals_blocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  signals_blocked(const signals_blocked&) = delete;
  signals_blocked& operator=(const signals_blocked&) = delete;

private:
  sigset_t before_{};
};

} // namespace

/// What the sink and its thread share.
class log_sink::writer {
public:
  writer(log_clock now, int fd, std::size_t limit) : now_{std::move(now)}, fd_{fd}, limit_{limit} {}

  void add(std::string lines) {
    const std::lock_guard lock{mutex_};
    if (lines.size() > limit_ - bytes_) {
      const auto count = count_lines(lines);
      dropped_ += count;
      if (std::exchange(unseen_, unseen_ + count) == 0) wake_.notify_one();
      return;
    }
    // A lingering thread is woken only if there is enough to write, because waking it is a system call.
    const bool first = waiting_.empty();
    const bool crossed = bytes_ < enough && bytes_ + lines.size() >= enough;
    bytes_ += lines.size();
    waiting_.push_back(std::move(lines));
    if (first || crossed) wake_.notify_one();
  }

  void run() {
    while (collect()) {
      write_lines();
      if (unreported_ != 0) report();
    }
    const std::lock_guard lock{mutex_};
    finished_ = true;
    done_.notify_all();
  }

  /// Asks the thread to write what waits and to end. False: it did not within `patience`.
  bool stop(std::chrono::milliseconds patience) {
    std::unique_lock lock{mutex_};
    stopping_ = true;
    wake_.notify_all();
    return done_.wait_for(lock, patience, [this] { return finished_; });
  }

  std::uint64_t dropped() const {
    const std::lock_guard lock{mutex_};
    return dropped_;
  }

private:
  /// Waits for lines and puts them into text_. False: it is time to end.
  bool collect() {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty() || unseen_ != 0; });
    wake_.wait_for(lock, linger, [this] { return stopping_ || bytes_ >= enough; });
    const auto batches = std::exchange(waiting_, {});
    const auto lost = std::exchange(unseen_, 0);
    lock.unlock();
    unreported_ += lost;
    text_.clear();
    for (const auto& batch : batches) text_ += batch;
    return !text_.empty() || lost != 0;
  }

  /// Writes text_; what the descriptor refuses is lost.
  void write_lines() {
    // A line that was cut off must not run into the next one.
    if (torn_) torn_ = !write_all(fd_, "\n").empty();
    const std::string_view text = text_;
    const auto rest = torn_ ? text : write_all(fd_, text);
    if (!rest.empty() && rest.size() < text.size()) torn_ = text[text.size() - rest.size() - 1] != '\n';
    const auto count = count_lines(rest);
    unreported_ += count;
    const std::lock_guard lock{mutex_};
    dropped_ += count;
    bytes_ -= text.size(); // only now, because text being written still takes memory
  }

  void report() {
    timestamp time;
    std::string line;
    append_event_line(line, time(now_()), log_level::warning, "log_lines_dropped", {{"lines", unreported_}});
    if (torn_) line.insert(0, 1, '\n');
    if (!write_all(fd_, line).empty()) return; // again with the next lines
    torn_ = false;
    unreported_ = 0;
  }

  const log_clock now_;
  const int fd_;
  const std::size_t limit_;

  mutable std::mutex mutex_; // guards the members below, up to those of the thread
  std::condition_variable wake_;
  std::condition_variable done_;
  std::vector<std::string> waiting_;
  std::size_t bytes_ = 0;     ///< waiting or being written; never over limit_
  std::uint64_t unseen_ = 0;  ///< lines dropped that the thread does not know of
  std::uint64_t dropped_ = 0; ///< since the start
  bool stopping_ = false;
  bool finished_ = false;

  std::string text_;             ///< what is being written
  std::uint64_t unreported_ = 0; ///< lost lines that were not reported yet
  bool torn_ = false;            ///< the last line written has no end
};

log_sink::log_sink(log_clock now, int fd, std::size_t limit, std::chrono::milliseconds patience)
    : writer_{std::make_shared<writer>(std::move(now), fd, limit)}, patience_{patience} {
  const signals_blocked quiet;
  thread_ = std::thread{[writer = writer_] { writer->run(); }};
}

log_sink::~log_sink() {
  if (writer_->stop(patience_))
    thread_.join();
  else
    thread_.detach(); // stuck in write(2); it holds all it needs, and ends with the process
}

void log_sink::write(std::string lines) {
  if (!lines.empty()) writer_->add(std::move(lines));
}

std::uint64_t log_sink::dropped() const {
  return writer_->dropped();
}

} // namespace invited::server
