#pragma once

#include "server/net/connection_budget.hpp"
#include "server/net/net_context.hpp"
#include "server/net/poller.hpp"
#include "server/net/session_list.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <utility>

namespace invited::server {

/// What the process provides for a door. Each may be missing.
struct door_surroundings {
  /// Called for each client that is turned away.
  std::function<void(room why, const boost::asio::ip::address& peer)> on_turned_away{};

  /// Asks the other cores for a place. `found` is called once, later, from the loop.
  std::function<void(std::function<void(bool made)> found)> find_room{};
};

/// One core's door. It accepts on a port that it shares with the other cores (SO_REUSEPORT: the kernel
/// spreads the connections, and no lock is needed), starts a session for each connection, and ends them. When
/// all places are taken, the connection that has been idle longest makes room: one of this door, otherwise
/// one of another core. Used on its core's thread only. It must outlive its sessions: call abort(), run the
/// io_context until live() is 0, then destroy it.
class listener {
public:
  /// All references must outlive the object. `sockets` watches the clients on the same loop.
  listener(boost::asio::io_context& io, poller& sockets, net_context& context, connection_budget& budget,
           door_surroundings around = {});

  /// Binds and listens. With port 0 the kernel chooses a free one; the other cores then bind
  /// local_endpoint().
  boost::system::error_code open(const boost::asio::ip::tcp::endpoint& endpoint);
  boost::asio::ip::tcp::endpoint local_endpoint() const;

  /// Begins to accept.
  void start();

  /// Ends the connection that has been idle longest and frees its place. It is kept alive or has been silent
  /// from the start, and never has a request under way. False: there is none.
  bool end_longest_idle();

  /// Accepts no more. Idle connections end at once, busy ones after their current answer. `drained` is called
  /// once, from the loop, when none is left.
  void stop(std::function<void()> drained);

  /// Ends the connections that stop() still waits for.
  void abort();

  std::size_t live() const { return sessions_.size(); }

private:
  using executor = boost::asio::io_context::executor_type;
  using acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, executor>;
  using socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, executor>;
  using timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                        boost::asio::wait_traits<std::chrono::steady_clock>, executor>;

  boost::asio::awaitable<void> accept();
  void welcome(socket s, const boost::asio::ip::address& peer);
  room take_place(const boost::asio::ip::address& peer, connection_place& place);
  void wait_for_room(socket s, const boost::asio::ip::address& peer);
  void room_found(bool made);
  void seat(socket s, const boost::asio::ip::address& peer, connection_place place);
  void turn_away(socket s, const boost::asio::ip::address& peer, room why);
  void report_drained();

  boost::asio::io_context& io_;
  poller& sockets_;
  net_context& context_;
  connection_budget& budget_;
  const door_surroundings around_;
  acceptor acceptor_;
  timer pause_;
  session_list sessions_;
  std::deque<std::pair<socket, boost::asio::ip::address>>
      waiting_{}; ///< clients that wait while other cores are asked
  std::function<void()> drained_{};
  bool accepting_ = false; ///< accept() runs
  bool stopping_ = false;
};

} // namespace invited::server
