#include "store/async/turn.hpp"

#include <boost/asio/post.hpp>

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

/// An exception would leave jobs for ever undone, so there is none: without memory even to be posted the
/// process ends.
void turn::end() noexcept {
  ++depth_;
  const std::uint64_t this_round = round_++; // jobs ask for the next one
  while (first_ != nullptr && first_->round_ == this_round) {
    job& j = *first_;
    first_ = j.next_;
    if (first_ == nullptr) last_ = &first_;
    j.asked_for_ = false;
    j.at_end_of_turn();
  }
  --depth_;
  if (first_ != nullptr) post();
}

} // namespace invited
