#pragma once

#include "store/async/turn.hpp"

#include <coroutine>

namespace invited {

/// To be awaited, once: lets others have the loop and goes on at the end of a turn, after what was asked for
/// before. For work that would hold the loop too long in one piece. Destroyed while it waits, it resumes
/// nobody.
class [[nodiscard]] pause final : private turn::job {
public:
  /// `loop` outlives the object.
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
