#pragma once

#include "store/async/work_queue.hpp"

#include <boost/asio/io_context.hpp>

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace invited {

/// A loop's way to a work_queue, for work that would hold the loop too long (over 100 µs). Used from the
/// loop's thread; only the work itself runs on one of the queue's.
class worker {
public:
  /// Both outlive the object; several loops may share a queue.
  worker(boost::asio::io_context& loop, work_queue& queue) : loop_(loop.get_executor()), queue_(queue) {}

  /// Waits for its job under way; what has not begun is dropped, and nobody is told.
  ~worker() { queue_.forget(*this); }
  worker(const worker&) = delete;
  worker& operator=(const worker&) = delete;

  /// Those of one place in order. False: too many wait there.
  [[nodiscard]] bool add(std::shared_ptr<work_queue::job> j, const queue_place& at = {}) {
    return queue_.add({std::move(j), loop_, this}, at);
  }

  /// Whether too many wait there now: to be asked before other work is done in vain.
  bool is_full(const queue_place& at) const { return queue_.is_full(at); }

private:
  const work_queue::executor loop_;
  work_queue& queue_;
};

/// To be awaited, once: calls `work()` on a thread of the worker's, and goes on on the loop's with what it
/// returned or threw; with nothing, where too many wait, or it had to give way. `work` must own what it
/// reads: destroyed while it waits, this resumes nobody, and the work still ends.
template <class Work>
class [[nodiscard]] offload {
public:
  using value = std::optional<std::invoke_result_t<Work&>>;

  offload(worker& by, Work work, const queue_place& at = {})
      : worker_(by), at_(at), kept_(std::make_shared<kept>(std::move(work))) {}
  ~offload() { kept_->caller = nullptr; }
  offload(const offload&) = delete;
  offload& operator=(const offload&) = delete;

  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> caller) {
    kept_->caller = caller;
    return worker_.add(kept_, at_);
  }
  value await_resume() {
    if (kept_->thrown) std::rethrow_exception(kept_->thrown);
    return std::move(kept_->result);
  }

private:
  struct kept final : work_queue::job {
    explicit kept(Work w) : todo(std::move(w)) {}

    void work() noexcept override {
      try {
        result.emplace(todo());
      } catch (...) {
        thrown = std::current_exception();
      }
    }
    void ended() noexcept override {
      if (caller) caller.resume();
    }

    Work todo;
    std::coroutine_handle<> caller{}; ///< of the loop's thread alone
    value result{};
    std::exception_ptr thrown{};
  };

  worker& worker_;
  const queue_place at_;
  std::shared_ptr<kept> kept_;
};

} // namespace invited
