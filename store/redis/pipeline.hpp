#pragma once

#include "store/redis/resp_reader.hpp"
#include "store/redis/resp_writer.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store::redis {

using time_point = std::chrono::steady_clock::time_point;

/// Someone who waits for one reply. The pipeline does not own it: it calls exactly one of the two functions
/// exactly once, and does not touch the object after that, so that either may free it.
class operation {
public:
  /// A reply (which may be Redis's error), or errc::unavailable (nothing was sent) or errc::unanswered (it
  /// may have happened). May call any function of the pipeline.
  virtual void complete(boost::system::error_code ec, reply&& r) = 0;

  /// The pipeline goes away: frees what it holds and resumes nobody.
  virtual void discard() noexcept = 0;

protected:
  operation() = default;
  operation(const operation&) = default;
  operation& operator=(const operation&) = default;
  ~operation() = default;

public:
  std::uint64_t ticket = 0; ///< its place in the ring; the pipeline's own
};

struct pipeline_limits {
  /// Batches under way at once. One would leave Redis with nothing to do while we work on its replies; with
  /// more, requests leave in twos and threes as they come, and each batch costs both sides system calls, and
  /// waking up.
  std::size_t batches = 2;
  std::size_t operations = 65'536; ///< not yet answered
  std::size_t bytes = 64 << 20;    ///< waiting to be sent
};

/// The order of things on one connection, without I/O: a request is waiting (encoded, not sent), sent (its
/// bytes were handed to the socket), done. Redis answers in order, so the requests are one ring, and their
/// states are positions in it. Nothing is ever sent twice. For one thread.
class pipeline {
public:
  explicit pipeline(pipeline_limits limits = {}, resp_limits replies = {});
  ~pipeline();
  pipeline(const pipeline&) = delete;
  pipeline& operator=(const pipeline&) = delete;

  /// Whether one more request may be added.
  bool accepts() const noexcept;

  /// To encode exactly one command with, directly before push(). Precondition: accepts().
  resp_writer encoder() noexcept { return resp_writer(waiting_); }

  /// Adds the request that was just encoded; `now` must not go back. `op` must live until it is completed,
  /// discarded or abandoned.
  void push(operation& op, time_point now);

  /// Moves everything that waits into `out` (whose content is dropped and whose capacity is reused) and
  /// counts it as sent: a batch. False, and `out` untouched, when nothing waits, or when as many batches are
  /// under way as there may be: then again after receive(). The caller writes `out` wholly before it calls
  /// again.
  bool stage(std::string& out);

  /// Takes bytes from Redis and completes the requests that they answer, one after the other, inline. An
  /// error: the connection is unusable, call fail().
  boost::system::error_code receive(std::string_view bytes);

  /// The connection is lost: completes everything, oldest first, what waits with errc::unavailable and what
  /// was sent with errc::unanswered; then it is as new. What those ask for meanwhile is not accepted.
  void fail();

  /// Completes with errc::unanswered what was pushed at `before` or earlier and has no reply yet. Its reply
  /// will be swallowed; what was not sent yet still will be, for its bytes stand between others'.
  void expire(time_point before);

  /// Frees everything without completing it.
  void discard() noexcept;

  /// `op` no longer wants its reply, which will be swallowed; it is not touched again. It may be unsent, but
  /// is not taken back. Precondition: pushed, and neither completed nor discarded.
  void abandon(operation& op) noexcept;

  /// As many batches are under way as there may be: nothing leaves until Redis has answered.
  bool full() const noexcept { return batch_ends_[batches_ % batch_ends_.size()] > head_; }

  bool idle() const noexcept { return head_ == tail_; }         ///< nobody waits for anything
  bool waiting() const noexcept { return sent_ != tail_; }      ///< something is not sent yet
  bool all_answered() const noexcept { return head_ == sent_; } ///< nothing sent is without its reply
  std::size_t size() const noexcept { return static_cast<std::size_t>(tail_ - head_); }

  /// When the oldest request without a reply was pushed, abandoned or not.
  std::optional<time_point> oldest() const noexcept;

  /// Requests that nobody waits for any more, and whose replies are still to come.
  std::size_t abandoned() const noexcept { return abandoned_; }

  /// What was wrong with the bytes after receive() failed; valid until fail().
  std::string_view protocol_error() const noexcept { return broken_; }

private:
  struct slot {
    operation* op; ///< null when abandoned
    time_point since;
  };

  slot& at(std::uint64_t ticket) noexcept { return ring_[ticket & (ring_.size() - 1)]; }
  void grow();
  boost::system::error_code drain();
  boost::system::error_code reject(std::string_view why);

  pipeline_limits limits_;
  resp_reader reader_;
  std::string waiting_;
  std::vector<slot> ring_;                ///< a power of two
  std::uint64_t head_ = 0;                ///< the oldest one without a reply
  std::uint64_t sent_ = 0;                ///< the first one that waits
  std::uint64_t tail_ = 0;                ///< one past the newest
  std::uint64_t expired_ = 0;             ///< all before it have a reply or had their time
  std::size_t abandoned_ = 0;             ///< slots without an operation
  std::vector<std::uint64_t> batch_ends_; ///< one past the newest of each of the batches sent last; a ring
  std::size_t batches_ = 0;               ///< sent
  std::uint64_t losses_ = 0;              ///< counts fail() and discard(): tells a loop that the ground moved
  bool failing_ = false;
  std::string_view broken_; ///< why receive() failed
};

} // namespace invited::store::redis
