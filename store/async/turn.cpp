#include "store/async/turn.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace invited {

void turn::ask(job& j) {
  if (j.asked_for_) return;
  if (depth_ == 0) post(); // first, for it may find no memory
  j.asked_for_ = true;
  j.round_ = round_;
  j.next_ = nullptr;
  *last_ = &j;
  last_ = &j.next_;
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
  job** at = &first_;
  while (*at != &j) at = &(*at)->next_;
  *at = j.next_;
  if (last_ == &j.next_) last_ = at;
}

void turn::regrouping::await_suspend(std::coroutine_handle<> caller) noexcept {
  caller_ = caller;
  *turn_.last_waiting_ = this;
  turn_.last_waiting_ = &next_;
}

void turn::leave(regrouping& r) noexcept {
  regrouping** at = &first_waiting_;
  while (*at != &r) at = &(*at)->next_;
  *at = r.next_;
  if (last_waiting_ == &r.next_) last_waiting_ = at;
}

/// First come, first served: who waits again for a later stage does so behind those who have yet to reach it.
void turn::resume_all() noexcept {
  while (first_waiting_ != nullptr) {
    regrouping& r = *first_waiting_;
    first_waiting_ = r.next_;
    if (first_waiting_ == nullptr) last_waiting_ = &first_waiting_;
    std::exchange(r.caller_, nullptr).resume();
  }
}

/// An exception would leave jobs for ever undone, so there is none: without memory even to be posted the
/// process ends.
void turn::end() noexcept {
  ++depth_;
  resume_all();
  const std::uint64_t this_round = round_++; // jobs ask for the next one
  while (first_ != nullptr && first_->round_ == this_round) {
    job& j = *first_;
    first_ = j.next_;
    if (first_ == nullptr) last_ = &first_;
    j.asked_for_ = false;
    j.at_end_of_turn();
  }
  --depth_;
  if (first_ != nullptr || first_waiting_ != nullptr) post();
}

} // namespace invited
