#include "store/async/gate.hpp"

#include <utility>

namespace invited {

gate::entry::~entry() {
  if (caller_) gate_.remove(*this);
  if (inside_) gate_.leave();
}

bool gate::entry::await_ready() {
  if (gate_.free_ > 0 && gate_.first_ == nullptr) {
    --gate_.free_;
    inside_ = true;
    return true;
  }
  if (gate_.waiting_ < gate_.most_waiting_) return false;
  ++gate_.refusals_;
  return true;
}

void gate::entry::await_suspend(std::coroutine_handle<> caller) {
  caller_ = caller;
  since_ = clock::now();
  gate_.append(*this);
}

void gate::append(entry& e) {
  e.before_ = last_;
  (last_ != nullptr ? last_->next_ : first_) = &e;
  last_ = &e;
  ++waiting_;
}

void gate::remove(entry& e) {
  (e.before_ != nullptr ? e.before_->next_ : first_) = e.next_;
  (e.next_ != nullptr ? e.next_->before_ : last_) = e.before_;
  --waiting_;
}

/// Not by recursion: whoever is resumed may leave at once, and so may all who wait behind.
void gate::leave() {
  ++free_;
  if (std::exchange(handing_over_, true)) return;
  while (free_ > 0 && first_ != nullptr) {
    entry& next = *first_;
    remove(next);
    next.inside_ = clock::now() - next.since_ < longest_wait_;
    if (next.inside_) {
      --free_;
    } else {
      ++refusals_;
    }
    std::exchange(next.caller_, nullptr).resume();
  }
  handing_over_ = false;
}

} // namespace invited
