#pragma once

#include "store/async/turn.hpp"

#include <vector>

namespace invited::server {

/// Sessions whose answers are ready. They are written at the end of the loop's turn, one after the other. The
/// kernel runs much code for a packet: if answers were written between requests, this code and the handlers
/// would push each other out of the instruction cache with every answer of a batch. Used on its core's thread
/// only.
class write_queue final : private turn::job {
public:
  class writer {
  public:
    virtual void write_now() = 0; ///< may end any session

  protected:
    ~writer() = default;
  };

  explicit write_queue(turn& end_of_turn) : turn_(end_of_turn) {}
  write_queue(const write_queue&) = delete;
  write_queue& operator=(const write_queue&) = delete;

  /// Calls `w` once, at the end of the turn. Precondition: `w` is not in the queue.
  void add(writer& w);

  /// For a writer that is destroyed before its turn.
  void remove(writer& w) noexcept;

private:
  void at_end_of_turn() override;

  turn& turn_;
  std::vector<writer*> next_;    ///< null: removed
  std::vector<writer*> current_; ///< while they are called
};

} // namespace invited::server
