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

/// A loop's access to a work_queue, for work that would hold the loop too long (over 100 µs). Used on the
/// loop's thread; only the work itself runs on a thread of the queue.
class worker {
public:
  /// Both must outlive the object. Several loops may share a queue.
  worker(boost::asio::io_context& loop, work_queue& queue) : loop_(loop.get_executor()), queue_(queue) {}

  /// Waits for its job under way. Jobs that have not begun are dropped without a notice.
  ~worker() { queue_.forget(*this); }
  worker(const worker&) = delete;
  worker& operator=(const worker&) = delete;

  /// Jobs of one place run in order. False: too many wait there.
  [[nodiscard]] bool add(std::shared_ptr<work_queue::job> j, const queue_place& at = {}) {
    return queue_.add({std::move(j), loop_, this}, at);
  }

  /// Whether too many wait there now. Ask this before doing other work that would be in vain.
  bool is_full(const queue_place& at) const { return queue_.is_full(at); }

private:
  const work_queue::executor loop_;
  work_queue& queue_;
};

/// Calls `work()` on a thread of the queue, and goes on on the loop's thread with what it returned or threw.
/// It goes on with nothing where too many wait, or where the work had to give way. To be awaited once. `work`
/// must own what it reads: if this object is destroyed while it waits, it resumes nobody, and the work still
/// runs to its end.
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
    std::coroutine_handle<> caller{}; ///< used on the loop's thread alone
    value result{};
    std::exception_ptr thrown{};
  };

  worker& worker_;
  const queue_place at_;
  std::shared_ptr<kept> kept_;
};

} // namespace invited
