#pragma once

#include "server/net/listener.hpp"

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace invited::server {

/// The public doors of all cores, so that one whose own connections are all busy finds an idle one elsewhere.
/// Filled before any of them runs, then read only; outlives them.
class door_circle {
public:
  /// `door` is used on the thread of `loop` alone. Returns its number.
  std::size_t add(boost::asio::io_context& loop, listener& door);

  /// Has the other doors asked, one after the other, to end their longest idle connection, until one did. May
  /// be called on the thread of door number `asker`, and calls `found` there, later.
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
