#pragma once

#include "store/async/turn.hpp"

#include <coroutine>

namespace invited {

/// Lets others have the loop, and goes on at the end of a turn, after the jobs that were asked for before. To
/// be awaited once. For work that would hold the loop too long in one piece. If it is destroyed while it
/// waits, it resumes nobody.
class [[nodiscard]] pause final : private turn::job {
public:
  /// `loop` must outlive the object.
  explicit pause(turn& loop) : loop_(loop) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> caller) {
    loop_.ask(*this);
    caller_ = caller;
  }
  void await_resume() const noexcept {}

private:
  void at_end_of_turn() override { caller_.resume(); }

  turn& loop_;
  std::coroutine_handle<> caller_{};
};

} // namespace invited
