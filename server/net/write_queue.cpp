#include "server/net/write_queue.hpp"

#include <algorithm>

namespace invited::server {

void write_queue::add(writer& w) {
  next_.push_back(&w);
  turn_.ask(*this);
}

void write_queue::remove(writer& w) noexcept {
  std::replace(next_.begin(), next_.end(), &w, static_cast<writer*>(nullptr));
  std::replace(current_.begin(), current_.end(), &w, static_cast<writer*>(nullptr));
}

void write_queue::at_end_of_turn() {
  current_.swap(next_);               // a writer that is added meanwhile asks for another round
  for (writer* const& w : current_) { // remove() makes it null
    if (w != nullptr) w->write_now();
  }
  current_.clear();
}

} // namespace invited::server
