#pragma once

#include "store/async/task.hpp"

#include <coroutine>
#include <cstddef>
#include <span>

namespace invited {

/// Runs many tasks at a time, and goes on when the last one has ended. To be awaited once. What the tasks ask
/// of Redis before they first wait leaves in one write. take() each task's result afterwards. The tasks must
/// outlive this object; if it is destroyed while it waits, they must be destroyed with it.
template <class T>
class [[nodiscard]] all_of {
public:
  explicit all_of(std::span<task<T>> tasks) : tasks_(tasks) {}
  all_of(const all_of&) = delete;
  all_of& operator=(const all_of&) = delete;

  bool await_ready() const noexcept { return tasks_.empty(); }
  bool await_suspend(std::coroutine_handle<> caller) {
    caller_ = caller;
    running_ = 1; // this object itself, so that it does not end before all are started
    for (task<T>& t : tasks_) {
      if (!t.start(ended, this)) ++running_;
    }
    return --running_ > 0;
  }
  void await_resume() const noexcept {}

private:
  static void ended(void* self) {
    all_of& all = *static_cast<all_of*>(self);
    if (--all.running_ == 0) all.caller_.resume();
  }

  std::span<task<T>> tasks_;
  std::coroutine_handle<> caller_{};
  std::size_t running_ = 0;
};

} // namespace invited
