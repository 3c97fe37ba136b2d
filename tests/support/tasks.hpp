#pragma once

#include "store/async/task.hpp"

#include <coroutine>
#include <list>
#include <stdexcept>
#include <utility>
#include <vector>

namespace invited::test {

/// Holds tasks that nobody awaits. Destroys what has not ended, as a session's end does.
class background {
public:
  /// Runs `t` up to its first wait, from where whatever it waits for resumes it. What it throws is lost.
  void spawn(task<void> t) {
    task<void>& kept = tasks_.emplace_back(std::move(t));
    static_cast<void>(kept.start([](void*) {}, nullptr));
  }

  void destroy() { tasks_.clear(); }

private:
  std::list<task<void>> tasks_;
};

/// What a task with nothing to wait for returns.
template <class T>
T result_of(task<T> t) {
  if (!t.start([](void*) {}, nullptr)) throw std::logic_error("it waits for something");
  return t.take();
}

/// Lets tasks wait, to be let through all at once. `co_await turnstile.pass()`
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

  /// Resumes all that wait now, and stops nobody from here on.
  void open() {
    open_ = true;
    for (const std::coroutine_handle<> h : std::exchange(waiting_, {})) h.resume();
  }

private:
  bool open_ = false;
  std::vector<std::coroutine_handle<>> waiting_;
};

} // namespace invited::test
