#pragma once

#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace invited {

/// A thread beside a core's loop, for work that would hold the loop too long (over 100 µs). It starts with
/// the first work. Used from the loop's thread; only the work itself runs on the other.
class worker {
public:
  /// A piece of work on its way. Kept by the queue, and by whoever waits for it.
  class job {
  public:
    virtual ~job() = default;

  private:
    friend class worker;
    virtual void work() noexcept = 0;  ///< on the worker's thread
    virtual void ended() noexcept = 0; ///< then on the loop's
  };

  /// The loop outlives the object.
  explicit worker(boost::asio::io_context& loop) : loop_(loop.get_executor()) {}

  /// Waits for the job under way; what has not begun is dropped, and nobody is told.
  ~worker();
  worker(const worker&) = delete;
  worker& operator=(const worker&) = delete;

  /// One after the other, in order.
  void add(std::shared_ptr<job> j);

private:
  void run() noexcept;

  const boost::asio::io_context::executor_type loop_;
  std::mutex lock_; ///< of these two
  std::deque<std::shared_ptr<job>> waiting_;
  bool ending_ = false;
  std::condition_variable changed_;
  std::thread thread_;
};

/// To be awaited, once: calls `work()` on the worker's thread, and goes on on the loop's with what it
/// returned or threw. `work` must own what it reads: destroyed while it waits, this resumes nobody, and the
/// work still ends.
template <class Work>
class [[nodiscard]] offload {
public:
  using value = std::invoke_result_t<Work&>;

  offload(worker& by, Work work) : worker_(by), kept_(std::make_shared<kept>(std::move(work))) {}
  ~offload() { kept_->caller = nullptr; }
  offload(const offload&) = delete;
  offload& operator=(const offload&) = delete;

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> caller) {
    kept_->caller = caller;
    worker_.add(kept_);
  }
  value await_resume() {
    if (kept_->thrown) std::rethrow_exception(kept_->thrown);
    return std::move(*kept_->result);
  }

private:
  struct kept final : worker::job {
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
    std::optional<value> result{};
    std::exception_ptr thrown{};
  };

  worker& worker_;
  std::shared_ptr<kept> kept_;
};

} // namespace invited
