#include "store/async/turn.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace invited {

void turn::ask(job& j) {
  if (j.asked_for_) return;
  if (depth_ == 0) post(); // first, for it may find no memory
  j.asked_for_ = true;
  j.round_ = round_;
  jobs_.push(j);
}

void turn::post() {
  if (posted_) return;
  boost::asio::post(loop_, [this] {
    posted_ = false;
    const scope now(*this);
  });
  posted_ = true;
}

void turn::withdraw(job& j) noexcept {
  if (!j.asked_for_) return;
  j.asked_for_ = false;
  jobs_.remove(j);
}

void turn::stage::waiting::await_suspend(std::coroutine_handle<> caller) noexcept {
  caller_ = caller;
  stage_.waiting_.push(*this);
  if (!std::exchange(stage_.listed_, true)) stage_.turn_.stages_.push(stage_);
}

/// A stage comes behind all those that somebody reached before it: who waits again for a later one does so
/// until everybody has come as far. Who comes to a stage while it is passed goes on with it.
void turn::pass_stages() noexcept {
  while (!stages_.empty()) {
    stage& s = stages_.front();
    while (!s.waiting_.empty()) std::exchange(s.waiting_.pop().caller_, nullptr).resume();
    s.listed_ = false;
    stages_.remove(s);
  }
}

/// An exception would leave jobs for ever undone, so there is none: without memory even to be posted the
/// process ends.
void turn::end() noexcept {
  ++depth_;
  pass_stages();
  const std::uint64_t this_round = round_++; // jobs ask for the next one
  while (!jobs_.empty() && jobs_.front().round_ == this_round) {
    job& j = jobs_.pop();
    j.asked_for_ = false;
    j.at_end_of_turn();
  }
  --depth_;
  if (!jobs_.empty() || !stages_.empty()) post();
}

} // namespace invited
