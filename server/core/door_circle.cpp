#include "server/core/door_circle.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace invited::server {

std::size_t door_circle::add(boost::asio::io_context& loop, listener& door) {
  doors_.push_back({&loop, &door});
  return doors_.size() - 1;
}

void door_circle::find_room(std::size_t asker, std::function<void(bool made)> found) {
  ask(asker, 1, std::move(found));
}

/// Asks the door `steps` further on. After a full round there is no room.
void door_circle::ask(std::size_t asker, std::size_t steps, std::function<void(bool made)> found) {
  const auto tell = [this, asker](std::function<void(bool made)> whom, bool made) {
    boost::asio::post(*doors_[asker].loop, [whom = std::move(whom), made] { whom(made); });
  };
  if (steps == doors_.size()) return tell(std::move(found), false);
  const member& next = doors_[(asker + steps) % doors_.size()];
  boost::asio::post(*next.loop, [this, &next, asker, steps, tell, found = std::move(found)]() mutable {
    if (next.door->end_longest_idle()) return tell(std::move(found), true);
    ask(asker, steps + 1, std::move(found));
  });
}

} // namespace invited::server
