#include "server/net/deadlines.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace invited::server {
namespace {

constexpr std::size_t index(phase p) {
  return static_cast<std::size_t>(p);
}

/// Time only goes forward, even if an injected clock does not.
void advance(std::chrono::steady_clock::time_point& time, std::chrono::steady_clock::time_point now) {
  if (now > time) time = now;
}

} // namespace

deadline_queue::deadline_queue(const phase_lengths& lengths) : lengths_(lengths) {}

deadline_queue::~deadline_queue() {
  assert(empty());
}

void deadline_queue::enter(deadline_entry& entry, phase p, time_point now) {
  if (entry.waits_.is_linked()) {
    if (entry.phase_ == p) return;
    leave(entry);
  }
  entry.phase_ = p;
  entry.due_ = now + lengths_[index(p)];
  lists_[index(p)].push_back(entry);
}

void deadline_queue::leave(deadline_entry& entry) {
  if (entry.waits_.is_linked()) lists_[index(entry.phase_)].erase(list::s_iterator_to(entry));
}

bool deadline_queue::empty() const {
  return std::ranges::all_of(lists_, [](const list& l) { return l.empty(); });
}

void deadline_queue::expire(time_point now) {
  for (list& waiting : lists_) {
    // Always the first: on_deadline() may have changed the list. An entry that enters again does so after
    // `now`.
    while (!waiting.empty() && waiting.front().due_ <= now) {
      deadline_entry& first = waiting.front();
      leave(first);
      first.on_deadline(first.phase_);
    }
  }
}

/// This is mostly the first entry. The search stops after many that may not go: it costs time, and those end
/// in a few seconds anyway.
deadline_entry* deadline_queue::first_to_go(phase p) {
  constexpr int most_looked_at = 64;
  int looked_at = 0;
  for (deadline_entry& entry : lists_[index(p)]) {
    if (entry.may_go()) return &entry;
    if (++looked_at == most_looked_at) break;
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
    if (!ticking_) return; // a call of on_deadline() stopped it
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
