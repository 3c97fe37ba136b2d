#pragma once

#include "server/net/listener.hpp"

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace invited::server {

/// The public doors of all cores, so that a door whose own connections are all busy finds an idle one at
/// another door. It is filled before any of them runs, then only read, and must outlive them.
class door_circle {
public:
  /// `door` is used on the thread of `loop` alone. Returns the number of the door.
  std::size_t add(boost::asio::io_context& loop, listener& door);

  /// Asks the other doors, one after the other, to end their longest idle connection, until one has done so.
  /// Call it on the thread of door number `asker`; it calls `found` there, later.
  void find_room(std::size_t asker, std::function<void(bool made)> found);

private:
  struct member {
    boost::asio::io_context* loop;
    listener* door;
  };

  void ask(std::size_t asker, std::size_t steps, std::function<void(bool made)> found);

  std::vector<member> doors_;
};

} // namespace invited::server
