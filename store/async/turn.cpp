#include "store/async/turn.hpp"

#include "store/async/prefetch.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace invited {
namespace {

constexpr std::size_t in_use = 1024; ///< bytes of a frame or a session, or about

} // namespace

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

void turn::rendezvous::take_in(const place& p) {
  waiting_.push_back(p);
  reached();
}

void turn::rendezvous::forget(const waiting& w) noexcept {
  std::ranges::find(waiting_, &w, &place::who)->who = nullptr;
}

/// While one runs, the memory of the next ones is fetched: the frame of the next but one, and the frame to
/// which the next one returns. The next one's own frame, which is here by now, names that.
void turn::rendezvous::pass() noexcept {
  for (std::size_t i = 0; i < waiting_.size(); ++i) { // more may come
    if (i + 2 < waiting_.size()) prefetch(waiting_[i + 2].promise, in_use);
    if (i + 1 < waiting_.size() && waiting_[i + 1].who != nullptr)
      prefetch(waiting_[i + 1].promise->waiter(), in_use);
    waiting* const who = std::exchange(waiting_[i].who, nullptr);
    if (who == nullptr) continue;
    who->waits_ = false;
    waiting_[i].caller.resume();
  }
  waiting_.clear();
}

/// A meeting is passed after all those that were reached before it. So requests at a later one wait until all
/// others have come as far, and a request that reaches one which is being passed goes on with it.
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
