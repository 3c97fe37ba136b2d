#include "store/async/gate.hpp"

#include <utility>

namespace invited {

gate::entry::~entry() {
  if (waits_.is_linked()) gate_.waiting_.erase(gate_.waiting_.iterator_to(*this));
  if (inside_) gate_.leave();
}

bool gate::entry::await_ready() {
  if (gate_.free_ > 0 && gate_.waiting_.empty()) {
    --gate_.free_;
    inside_ = true;
    return true;
  }
  if (gate_.waiting_.size() < gate_.most_waiting_) return false;
  ++gate_.refusals_;
  return true;
}

void gate::entry::await_suspend(std::coroutine_handle<> caller) {
  caller_ = caller;
  since_ = clock::now();
  gate_.waiting_.push_back(*this);
}

/// Not recursive, because a resumed entry may leave at once, and so may all entries after it.
void gate::leave() {
  ++free_;
  if (std::exchange(handing_over_, true)) return;
  while (free_ > 0 && !waiting_.empty()) {
    entry& next = waiting_.front();
    waiting_.pop_front();
    next.inside_ = clock::now() - next.since_ < longest_wait_;
    if (next.inside_) {
      --free_;
    } else {
      ++refusals_;
    }
    next.caller_.resume();
  }
  handing_over_ = false;
}

} // namespace invited
