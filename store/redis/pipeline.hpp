#pragma once

#include "store/resp/resp_reader.hpp"
#include "store/resp/resp_writer.hpp"

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

/// An operation that waits for one reply. The pipeline does not own it. It calls exactly one of the two
/// functions, exactly once, and does not touch the object afterwards, so either function may free it.
class operation {
public:
  /// A reply (which may be Redis's error), or errc::unavailable (nothing was sent) or errc::unanswered (it
  /// may have happened). May call any function of the pipeline.
  virtual void complete(boost::system::error_code ec, reply&& r) = 0;

  /// The pipeline goes away: the operation must free what it holds, and resume nobody.
  virtual void discard() noexcept = 0;

protected:
  operation() = default;
  operation(const operation&) = default;
  operation& operator=(const operation&) = default;
  ~operation() = default;

public:
  std::uint64_t ticket = 0; ///< its place in the ring; for the pipeline only
};

struct pipeline_limits {
  /// How many batches may be under way at once. With one, Redis would have nothing to do while we work on its
  /// replies. With more than two, requests would leave in twos and threes, and each batch costs both sides
  /// system calls and a wake-up.
  std::size_t batches = 2;
  std::size_t operations = 65'536; ///< not yet answered
  std::size_t bytes = 64 << 20;    ///< waiting to be sent
};

/// The requests of one connection, without I/O. A request is first waiting (encoded, not sent), then sent
/// (its bytes were given to the socket), then done. Redis answers in order, so the requests are one ring, and
/// their states are positions in it. Nothing is sent twice. For one thread.
class pipeline {
public:
  explicit pipeline(pipeline_limits limits = {}, resp_limits replies = {});
  ~pipeline();
  pipeline(const pipeline&) = delete;
  pipeline& operator=(const pipeline&) = delete;

  /// Whether one more request may be added.
  bool accepts() const noexcept;

  /// Encodes exactly one command. Call it directly before push(). Precondition: accepts().
  resp_writer encoder() noexcept { return resp_writer(waiting_); }

  /// Adds the request that was just encoded; `now` must not go back. `op` must live until it is completed,
  /// discarded or abandoned.
  void push(operation& op, time_point now);

  /// Moves everything that waits into `out` as a batch, and counts it as sent. The old content of `out` is
  /// dropped, and its capacity is reused. False, with `out` unchanged, if nothing waits or full(): then try
  /// again after receive(). The caller must write all of `out` before it calls this again.
  bool stage(std::string& out);

  /// Takes bytes from Redis and completes the requests that they answer, one after the other, inline. After
  /// an error the connection is unusable: call fail().
  boost::system::error_code receive(std::string_view bytes);

  /// The connection is lost. Completes everything, oldest first: sent requests with errc::unanswered, waiting
  /// ones with errc::unavailable. Then the pipeline is as new. Requests made during the call are not
  /// accepted.
  void fail();

  /// Completes with errc::unanswered all requests that were pushed at `before` or earlier and have no reply
  /// yet. Their replies will be dropped. Those not sent yet will still be sent, because their bytes stand
  /// between the bytes of others.
  void expire(time_point before);

  /// Frees everything without completing it.
  void discard() noexcept;

  /// `op` no longer wants its reply, which will be dropped; `op` is not touched again. The request is not
  /// taken back, even if it was not sent yet. Precondition: `op` was pushed, and neither completed nor
  /// discarded.
  void abandon(operation& op) noexcept;

  /// The maximum of batches is under way: nothing leaves until Redis has answered.
  bool full() const noexcept { return batch_ends_[batches_ % batch_ends_.size()] > head_; }

  bool idle() const noexcept { return head_ == tail_; }         ///< no request is without its reply
  bool waiting() const noexcept { return sent_ != tail_; }      ///< something is not sent yet
  bool all_answered() const noexcept { return head_ == sent_; } ///< nothing sent is without its reply
  std::size_t size() const noexcept { return static_cast<std::size_t>(tail_ - head_); }

  /// When the oldest request without a reply was pushed, even if it was abandoned.
  std::optional<time_point> oldest() const noexcept;

  /// Requests that nobody waits for any more, and whose replies have not come yet.
  std::size_t abandoned() const noexcept { return abandoned_; }

  /// What was wrong with the bytes after receive() failed; valid until fail().
  std::string_view protocol_error() const noexcept { return broken_; }

private:
  struct slot {
    operation* op; ///< null: abandoned
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
  std::uint64_t expired_ = 0;             ///< all before it have a reply or have timed out
  std::size_t abandoned_ = 0;             ///< slots without an operation
  std::vector<std::uint64_t> batch_ends_; ///< one past the newest of each of the batches sent last; a ring
  std::size_t batches_ = 0;               ///< sent
  std::uint64_t losses_ = 0;              ///< counts fail() and discard(), so that a loop notices them
  bool failing_ = false;
  std::string_view broken_; ///< why receive() failed
};

} // namespace invited::store::redis
