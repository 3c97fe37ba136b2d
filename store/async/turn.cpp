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

void turn::stage::waiting::await_suspend(std::coroutine_handle<> caller) noexcept {
  caller_ = caller;
  *stage_.last_ = this;
  stage_.last_ = &next_;
  if (!stage_.listed_) stage_.turn_.list(stage_);
}

void turn::stage::leave(waiting& w) noexcept {
  waiting** at = &first_;
  while (*at != &w) at = &(*at)->next_;
  *at = w.next_;
  if (last_ == &w.next_) last_ = at;
}

/// First come, first served, and those who come meanwhile, too.
void turn::stage::resume_all() noexcept {
  while (first_ != nullptr) {
    waiting& w = *first_;
    first_ = w.next_;
    if (first_ == nullptr) last_ = &first_;
    std::exchange(w.caller_, nullptr).resume();
  }
}

void turn::list(stage& s) noexcept {
  s.listed_ = true;
  s.next_ = nullptr;
  *last_stage_ = &s;
  last_stage_ = &s.next_;
}

void turn::forget(stage& s) noexcept {
  stage** at = &first_stage_;
  while (*at != &s) at = &(*at)->next_;
  *at = s.next_;
  if (last_stage_ == &s.next_) last_stage_ = at;
  s.listed_ = false;
}

/// A stage comes behind all those that somebody reached before it: who waits again for a later one does so
/// until everybody has come as far.
void turn::pass_stages() noexcept {
  while (first_stage_ != nullptr) {
    stage& s = *first_stage_;
    s.resume_all();
    forget(s);
  }
}

/// An exception would leave jobs for ever undone, so there is none: without memory even to be posted the
/// process ends.
void turn::end() noexcept {
  ++depth_;
  pass_stages();
  const std::uint64_t this_round = round_++; // jobs ask for the next one
  while (first_ != nullptr && first_->round_ == this_round) {
    job& j = *first_;
    first_ = j.next_;
    if (first_ == nullptr) last_ = &first_;
    j.asked_for_ = false;
    j.at_end_of_turn();
  }
  --depth_;
  if (first_ != nullptr || first_stage_ != nullptr) post();
}

} // namespace invited
