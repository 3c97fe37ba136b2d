#include "store/async/turn.hpp"

#include <boost/asio/post.hpp>

namespace invited {

void turn::ask(job& j) {
  if (j.asked_for_) return;
  j.asked_for_ = true;
  j.next_ = nullptr;
  *last_ = &j;
  last_ = &j.next_;
  if (depth_ > 0 || posted_) return;
  posted_ = true;
  boost::asio::post(loop_, [this] {
    posted_ = false;
    const scope now(*this);
  });
}

void turn::withdraw(job& j) noexcept {
  if (!j.asked_for_) return;
  j.asked_for_ = false;
  job** at = &first_;
  while (*at != &j) at = &(*at)->next_;
  *at = j.next_;
  if (last_ == &j.next_) last_ = at;
}

/// Jobs may ask for more, and then that runs too. An exception would leave the others for ever undone, so
/// there is none.
void turn::end() noexcept {
  ++depth_;
  while (first_ != nullptr) {
    job& j = *first_;
    first_ = j.next_;
    if (first_ == nullptr) last_ = &first_;
    j.asked_for_ = false;
    j.at_end_of_turn();
  }
  --depth_;
}

} // namespace invited
