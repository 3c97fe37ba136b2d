#include "server/net/deadlines.hpp"

#include <cassert>
#include <utility>

namespace invited::server {
namespace {

constexpr std::size_t index(phase p) {
  return static_cast<std::size_t>(p);
}

/// Time goes forward only, even when an injected clock does not.
void advance(std::chrono::steady_clock::time_point& time, std::chrono::steady_clock::time_point now) {
  if (now > time) time = now;
}

} // namespace

deadline_queue::deadline_queue(const phase_lengths& lengths) : lengths_(lengths) {
  for (auto& end : lists_) end.previous_ = end.next_ = &end;
}

deadline_queue::~deadline_queue() {
  assert(empty());
}

void deadline_queue::enter(deadline_entry& entry, phase p, time_point now) {
  if (entry.previous_ != nullptr) {
    if (entry.phase_ == p) return;
    leave(entry);
  }
  deadline_entry& end = lists_[index(p)];
  entry.phase_ = p;
  entry.due_ = now + lengths_[index(p)];
  entry.next_ = &end;
  entry.previous_ = end.previous_;
  end.previous_->next_ = &entry;
  end.previous_ = &entry;
  ++waiting_;
}

void deadline_queue::leave(deadline_entry& entry) {
  if (entry.previous_ == nullptr) return;
  entry.previous_->next_ = entry.next_;
  entry.next_->previous_ = entry.previous_;
  entry.previous_ = entry.next_ = nullptr;
  --waiting_;
}

void deadline_queue::expire(time_point now) {
  for (auto& end : lists_) {
    // Always the first: on_deadline() may have changed the list. Who enters again does so behind `now`.
    while (end.next_ != &end && end.next_->due_ <= now) {
      deadline_entry& first = *end.next_;
      leave(first);
      first.on_deadline(first.phase_);
    }
  }
}

/// Most often the very first. Behind many that may not go nobody is looked for: it costs time, and they are a
/// few seconds from their end.
deadline_entry* deadline_queue::first_to_go(phase p) {
  constexpr int most_looked_at = 64;
  deadline_entry& end = lists_[index(p)];
  deadline_entry* entry = end.next_;
  for (int i = 0; i < most_looked_at && entry != &end; ++i, entry = entry->next_) {
    if (entry->may_go()) return entry;
  }
  return nullptr;
}

deadline_queue::time_point deadline_queue::began(const deadline_entry& entry) const {
  return entry.due_ - lengths_[index(entry.phase_)];
}

bool deadline_queue::end_longest_idle() {
  deadline_entry* longest = first_to_go(phase::idle);
  deadline_entry* const silent = first_to_go(phase::header);
  if (longest == nullptr || (silent != nullptr && began(*silent) < began(*longest))) longest = silent;
  if (longest == nullptr) return false;
  leave(*longest);
  longest->go();
  return true;
}

deadlines::deadlines(boost::asio::io_context& context, const phase_lengths& lengths, clock now)
    : queue_(lengths), timer_(context.get_executor()), clock_(std::move(now)) {}

void deadlines::start() {
  ticking_ = true;
  advance(now_, clock_());
  wait();
}

void deadlines::wait() {
  timer_.expires_after(tick_length);
  timer_.async_wait([this](const boost::system::error_code& cancelled) {
    if (cancelled || !ticking_) return;
    tick();
    if (!ticking_) return; // stopped by somebody whose deadline it was
    if (queue_.empty()) {
      ticking_ = false;
    } else {
      wait();
    }
  });
}

void deadlines::tick() {
  advance(now_, clock_());
  queue_.expire(now_);
}

void deadlines::stop() {
  ticking_ = false;
  timer_.cancel();
}

} // namespace invited::server
