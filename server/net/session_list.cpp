#include "server/net/session_list.hpp"

namespace invited::server {

session_list::~session_list() {
  on_removed = nullptr;
  while (first_ != nullptr) delete first_;
}

void session_list::add(live_session& s) {
  s.previous_ = nullptr;
  s.next_ = first_;
  if (first_ != nullptr) first_->previous_ = &s;
  first_ = &s;
  ++size_;
}

void session_list::remove(live_session& s) {
  (s.previous_ != nullptr ? s.previous_->next_ : first_) = s.next_;
  if (s.next_ != nullptr) s.next_->previous_ = s.previous_;
  --size_;
  if (on_removed) on_removed();
}

/// Neither drain() nor abort() ends a session within the call: they cancel what it waits for, and it ends
/// when the loop tells it so. So the list does not change under the walk.
template <class Action>
void session_list::for_each(Action action) {
  for (auto* s = first_; s != nullptr; s = s->next_) action(*s);
}

void session_list::drain() {
  for_each([](live_session& s) { s.drain(); });
}

void session_list::abort() {
  for_each([](live_session& s) { s.abort(); });
}

} // namespace invited::server
