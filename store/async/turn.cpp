#include "store/async/turn.hpp"

#include <boost/asio/post.hpp>

namespace invited {

void turn::ask(job& j) {
  if (j.asked_for_.is_linked()) return;
  if (depth_ == 0) post(); // first, because it may find no memory
  j.round_ = round_;
  jobs_.push_back(j);
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
  j.asked_for_.unlink();
}

/// A meeting is passed after all those that were reached before it. Whatever reaches the one that is being
/// passed goes on with it.
void turn::pass_meetings() noexcept {
  while (!met_.empty()) {
    met_.front().pass();
    met_.pop_front();
  }
}

/// An exception would leave jobs undone for ever, so none may leave: if there is no memory even to post, the
/// process ends.
void turn::end() noexcept {
  ++depth_;
  pass_meetings();
  const std::uint64_t this_round = round_++; // jobs ask for the next one
  while (!jobs_.empty() && jobs_.front().round_ == this_round) {
    job& j = jobs_.front();
    jobs_.pop_front();
    j.at_end_of_turn();
  }
  --depth_;
  if (!jobs_.empty() || !met_.empty()) post();
}

} // namespace invited
