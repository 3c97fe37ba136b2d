#pragma once

#include "store/async/frame_memory.hpp"

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace invited {

template <class T>
class task;

namespace detail {

/// What every task's promise has: memory that is used again, whom to wake, and what was thrown.
class task_promise_base {
public:
  static void* operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void* frame, std::size_t size) noexcept { free_frame(frame, size); }

  std::suspend_always initial_suspend() const noexcept { return {}; }

  /// The last thing a frame does. The call may destroy the frame; nothing here is touched after it.
  struct wake_waiter {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
      const task_promise_base& p = ended.promise();
      if (p.wake_ != nullptr) p.wake_(p.waiter_);
    }
    void await_resume() const noexcept {}
  };
  wake_waiter final_suspend() const noexcept { return {}; }

  void unhandled_exception() noexcept { thrown_ = std::current_exception(); }

  /// Who is woken by its end, a caller's frame or whom start() was told of; null as long as nobody had to
  /// wait.
  const void* waiter() const noexcept { return waiter_; }

protected:
  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

private:
  template <class T>
  friend class invited::task;

  void (*wake_)(void*) = nullptr; ///< null as long as nobody had to wait
  void* waiter_ = nullptr;
  std::exception_ptr thrown_{};
};

template <class T>
class task_promise final : public task_promise_base {
public:
  task<T> get_return_object() noexcept;
  template <class Value>
  void return_value(Value&& value) {
    value_.emplace(std::forward<Value>(value));
  }
  T&& take() {
    rethrow();
    return std::move(*value_);
  }

private:
  std::optional<T> value_{};
};

template <>
class task_promise<void> final : public task_promise_base {
public:
  task<void> get_return_object() noexcept;
  void return_void() const noexcept {}
  void take() const { rethrow(); }
};

} // namespace detail

/// A coroutine on the request path: lazy, awaited once, run by one thread, and by whoever resumes it: no
/// executor, no queue, no lock. (Asio's awaitable has all three and costs 2 µs more a request of four frames;
/// it serves where a loop is waited for.) The task owns the frame: destroying it while it waits unwinds it,
/// and gives up what it waits for.
template <class T>
class [[nodiscard]] task {
public:
  using promise_type = detail::task_promise<T>;
  using frame = std::coroutine_handle<promise_type>;

  task() = default;
  explicit task(frame f) noexcept : frame_(f) {}
  task(task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  task& operator=(task&& other) noexcept {
    task old(std::move(other));
    std::swap(frame_, old.frame_);
    return *this;
  }
  ~task() {
    if (frame_) frame_.destroy();
  }

  /// For callers that are no coroutines. Runs up to the first wait. True: it has ended, take() the result.
  /// False: `wake(waiter)` is called once, when it has; that call may destroy the task, and must not throw.
  [[nodiscard]] bool start(void (*wake)(void*), void* waiter) {
    frame_.resume();
    if (frame_.done()) return true;
    frame_.promise().wake_ = wake;
    frame_.promise().waiter_ = waiter;
    return false;
  }

  /// What it returned, where it stands in the frame: to be moved from there, or used as long as the task
  /// lives, which is one copy less of a large result. Throws what it threw. Precondition: it has ended.
  std::add_rvalue_reference_t<T> take() const { return frame_.promise().take(); }

  // co_await: starts it, and goes on at once where it did not have to wait. Not by symmetric transfer, which
  // g++ turns into deeper and deeper calls without optimisation.
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> caller) { return !start(resume, caller.address()); }
  std::add_rvalue_reference_t<T> await_resume() const { return take(); }

private:
  static void resume(void* caller) { std::coroutine_handle<>::from_address(caller).resume(); }

  frame frame_{};
};

namespace detail {

template <class T>
task<T> task_promise<T>::get_return_object() noexcept {
  return task<T>(task<T>::frame::from_promise(*this));
}

inline task<void> task_promise<void>::get_return_object() noexcept {
  return task<void>(task<void>::frame::from_promise(*this));
}

} // namespace detail
} // namespace invited
