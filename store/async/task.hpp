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

/// What every task's promise has: memory that is used again, the waiter to wake, and the exception that was
/// thrown.
class task_promise_base {
public:
  static void* operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void* frame, std::size_t size) noexcept { free_frame(frame, size); }

  std::suspend_always initial_suspend() const noexcept { return {}; }

  /// The last thing that a frame does. The call may destroy the frame, so nothing here is touched after it.
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

protected:
  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

private:
  template <class T>
  friend class invited::task;

  void (*wake_)(void*) = nullptr; ///< null while nothing has had to wait
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

/// A coroutine on the request path. It is lazy, is awaited once, and runs on one thread, in the call that
/// resumes it: it has no executor, no queue and no lock. (Asio's awaitable has all three, and costs 2 µs more
/// for a request of four frames; it is used where a loop is waited for.) The task owns the frame: destroying
/// it while it waits unwinds the frame and gives up what it waits for.
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

  /// For callers that are not coroutines. Runs up to the first wait. True: it has ended; take() the result.
  /// False: `wake(waiter)` is called once, when it has ended. That call may destroy the task, and must not
  /// throw.
  [[nodiscard]] bool start(void (*wake)(void*), void* waiter) {
    frame_.resume();
    if (frame_.done()) return true;
    frame_.promise().wake_ = wake;
    frame_.promise().waiter_ = waiter;
    return false;
  }

  /// A reference to what it returned, inside the frame: the caller moves from it, or uses it while the task
  /// lives. This saves a copy of a large result. Throws what the coroutine threw. Precondition: it has ended.
  std::add_rvalue_reference_t<T> take() const { return frame_.promise().take(); }

  // co_await starts it, and goes on at once if it did not have to wait. It does not use symmetric transfer:
  // without optimisation, g++ turns that into ever deeper calls.
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
