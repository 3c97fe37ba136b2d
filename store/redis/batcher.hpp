#pragma once

#include "store/async/task.hpp"
#include "store/async/turn.hpp"
#include "store/base/errc.hpp"
#include "store/redis/connection_settings.hpp"
#include "store/redis/day_call.hpp"
#include "store/redis/script_call.hpp"
#include "store/resp/reply.hpp"

#include <array>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <list>
#include <span>
#include <vector>

namespace invited::store::redis {

class batcher;
class connection;
class script_batch;

/// One call of an act whose script serves many (store/scripts/README.md, rule 9). It lives in its caller's
/// frame and is sent once. If it is destroyed while it waits, it may or may not have happened. The answer and
/// what it points to live until it is destroyed.
class batched_call {
public:
  batched_call(const batched_call&) = delete;
  batched_call& operator=(const batched_call&) = delete;

protected:
  batched_call() = default;
  ~batched_call();

private:
  friend class batcher;
  friend class script_batch;

  void answer(const result<node>& found);

  script_batch* in_ = nullptr;       ///< holds the reply that answer_ points into
  std::coroutine_handle<> caller_{}; ///< null: nobody is to be resumed
  bool answered_ = false;
  result<node> answer_{};
};

/// Gathers the calls of one act that a turn of the loop makes, and sends those that go the same way as one
/// script call. Nobody waits for company that is not there already. Each call keeps its own outcome. A script
/// call that Redis refuses has written nothing, and its calls are then sent one by one, so one broken ledger
/// costs nobody else an answer. For one thread. What the constructor takes must outlive the object.
class batcher : private turn::meeting {
public:
  /// What is awaited. Errors: unavailable (nothing was sent), unanswered (it may have happened), refused
  /// (nothing has happened), unexpected (a reply that is none of the script's).
  class [[nodiscard]] sending {
  public:
    sending(batcher& by, batched_call& call) noexcept : batcher_(by), call_(call) {}

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> caller);
    result<node> await_resume() const noexcept { return call_.answer_; }

  private:
    batcher& batcher_;
    batched_call& call_;
  };

protected:
  /// How many go together at the most is the connection's setting. `today` is the caller's idea of the day,
  /// which a reply of Redis corrects.
  batcher(connection& redis, const script& text, std::int64_t& today);
  ~batcher();

  sending send(batched_call& call) noexcept { return {*this, call}; }

private:
  friend class script_batch;

  /// Calls that may go together have the same lane.
  virtual std::size_t lane_of(const batched_call& call) const noexcept = 0;

  /// Whether they have in common what one script call says once for all.
  virtual bool go_together(const batched_call& one, const batched_call& other) const noexcept = 0;

  /// Whether one must see what the other did. Such calls never share a script call.
  virtual bool meet(const batched_call& one, const batched_call& other) const noexcept = 0;

  /// Writes the script call of them all, in their order. The reply is the list of their outcomes in that
  /// order; for one call it is its outcome.
  virtual void write(script_writer& to, std::span<batched_call* const> calls, std::int64_t today) const = 0;

  script_batch& begin();
  void take_in(batched_call& call);
  void join(batched_call& call);
  void pass() noexcept override;
  void send(script_batch& batch);
  void send_one_by_one(script_batch& batch);
  void ended(script_batch& batch);
  void recycle(script_batch& batch) noexcept;

  static constexpr std::size_t lanes = 256;

  connection& redis_;
  const script& script_;
  std::int64_t& today_;
  std::size_t most_;
  std::list<script_batch> live_, spare_;
  std::vector<script_batch*> gathered_;     ///< not sent yet, in order
  std::array<script_batch*, lanes> open_{}; ///< of those, the last one of each lane
};

/// Calls under way as one script call, with the reply for as long as one of them may look at it.
class script_batch final : public day_call {
public:
  explicit script_batch(batcher& owner) noexcept : owner_(owner) {}
  script_batch(const script_batch&) = delete;
  script_batch& operator=(const script_batch&) = delete;
  ~script_batch();

  void write_to(script_writer& to, std::int64_t today) const override;

private:
  friend class batcher;
  friend class batched_call;

  enum class phase { gathering, under_way, handing_out, answered };

  bool takes(const batched_call& call) const;
  void add(batched_call& call);
  void leave(const batched_call& call) noexcept;
  void hand_out();

  batcher& owner_;
  std::list<script_batch>::iterator place_{}; ///< in batcher::live_
  std::size_t lane_ = 0;
  phase phase_ = phase::gathering;
  mutable std::vector<batched_call*> calls_; ///< as they were written last; null: has left since
  std::size_t held_ = 0;                     ///< calls that have not left
  result<reply> reply_{};
  task<result<reply>> running_;
};

/// The batcher of an act. `Call` says how its calls go together: `lane()`, `goes_with(other)`,
/// `meets(other)`, and a static `write(writer, calls, today)`.
template <class Call>
class batcher_of final : public batcher {
public:
  batcher_of(connection& redis, std::int64_t& today) : batcher(redis, Call::text(), today) {}

  /// To be awaited. `call` must outlive the awaiting.
  sending send(Call& call) noexcept { return batcher::send(call); }

private:
  static const Call& known(const batched_call& call) noexcept { return static_cast<const Call&>(call); }

  std::size_t lane_of(const batched_call& call) const noexcept override { return known(call).lane(); }
  bool go_together(const batched_call& one, const batched_call& other) const noexcept override {
    return known(one).goes_with(known(other));
  }
  bool meet(const batched_call& one, const batched_call& other) const noexcept override {
    return known(one).meets(known(other));
  }
  void write(script_writer& to, std::span<batched_call* const> calls, std::int64_t today) const override {
    std::array<const Call*, largest_batch> typed;
    for (std::size_t i = 0; i < calls.size(); ++i) typed[i] = &known(*calls[i]);
    Call::write(to, std::span<const Call* const>(typed.data(), calls.size()), today);
  }
};

} // namespace invited::store::redis
