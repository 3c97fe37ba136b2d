#pragma once

#include "server/http/http_context.hpp"
#include "server/http/poller.hpp"
#include "server/http/session_list.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>

namespace invited::server {

/// How many connections all cores together may have. Shared by their listeners; outlives them.
struct connection_budget {
  explicit connection_budget(std::size_t most) : max(most) {}

  const std::size_t max;
  std::atomic<std::size_t> open{0};
};

/// One core's door: accepts on a port that it shares with the other cores (SO_REUSEPORT: the kernel spreads
/// the connections, and no lock is needed), starts a session each, and ends them. Used on its core's thread
/// only. Must outlive its sessions: abort(), then run the io_context until live() is 0, then destroy.
class listener {
public:
  /// All outlive the object; `sockets` watches over the clients on the same loop.
  listener(boost::asio::io_context& io, poller& sockets, http_context& context, connection_budget& budget);

  /// Binds and listens. Port 0 takes a free one; the other cores then bind local_endpoint().
  boost::system::error_code open(const boost::asio::ip::tcp::endpoint& endpoint);
  boost::asio::ip::tcp::endpoint local_endpoint() const;

  /// Accepts from here on.
  void start();

  /// Accepts no more; idle connections end at once, busy ones after their current answer. `drained` is called
  /// once, from the loop, when none is left.
  void stop(std::function<void()> drained);

  /// Cuts what stop() still waits for.
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
  void turn_away(socket s);
  void report_drained();

  boost::asio::io_context& io_;
  poller& sockets_;
  http_context& context_;
  connection_budget& budget_;
  acceptor acceptor_;
  timer pause_;
  session_list sessions_;
  std::function<void()> drained_{};
  bool accepting_ = false; ///< accept() runs
  bool stopping_ = false;
};

} // namespace invited::server
