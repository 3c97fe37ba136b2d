#pragma once

#include "store/async/task.hpp"

#include <coroutine>
#include <list>
#include <stdexcept>
#include <utility>
#include <vector>

namespace invited::test {

/// Holds tasks that nobody awaits, and destroys those that have not ended, as the end of a session does.
class background {
public:
  /// Runs `t` up to its first wait. What it waits for resumes it later. Whatever it throws is lost.
  void spawn(task<void> t) {
    task<void>& kept = tasks_.emplace_back(std::move(t));
    static_cast<void>(kept.start([](void*) {}, nullptr));
  }

  void destroy() { tasks_.clear(); }

private:
  std::list<task<void>> tasks_;
};

/// The result of a task that waits for nothing.
template <class T>
T result_of(task<T> t) {
  if (!t.start([](void*) {}, nullptr)) throw std::logic_error("it waits for something");
  return t.take();
}

/// Lets tasks wait, and lets them all through at once. `co_await turnstile.pass()`
class turnstile {
public:
  class waiter {
  public:
    explicit waiter(turnstile& g) : gate_(g) {}
    bool await_ready() const { return gate_.open_; }
    void await_suspend(std::coroutine_handle<> h) { gate_.waiting_.push_back(h); }
    void await_resume() const {}

  private:
    turnstile& gate_;
  };

  waiter pass() { return waiter(*this); }

  std::size_t waiting() const { return waiting_.size(); }

  /// Resumes all that wait now. From here on nothing waits.
  void open() {
    open_ = true;
    for (const std::coroutine_handle<> h : std::exchange(waiting_, {})) h.resume();
  }

private:
  bool open_ = false;
  std::vector<std::coroutine_handle<>> waiting_;
};

} // namespace invited::test
