#include "server/net/session_list.hpp"

namespace invited::server {

session_list::~session_list() {
  on_removed = nullptr;
  while (!sessions_.empty()) delete &sessions_.front(); // whose destructor removes it
}

void session_list::add(live_session& s) {
  sessions_.push_front(s);
}

void session_list::remove(live_session& s) {
  sessions_.erase(sessions_.iterator_to(s));
  if (on_removed) on_removed();
}

// Neither drain() nor abort() ends a session within the call: they cancel its wait, and it ends when the loop
// calls it. So the list does not change during the walk.

void session_list::drain() {
  for (live_session& s : sessions_) s.drain();
}

void session_list::abort() {
  for (live_session& s : sessions_) s.abort();
}

} // namespace invited::server
