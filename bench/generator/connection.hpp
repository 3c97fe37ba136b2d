#pragma once

#include "bench/generator/answer.hpp"
#include "bench/generator/async.hpp"

#include <array>
#include <string_view>

namespace invited::bench {

/// A keep-alive connection that opens itself when it is needed. For one thread, one request at a time. Its
/// owner watches its deadline, because a timer for each request would cost more than the request.
class connection {
public:
  connection(executor where, const boost::asio::ip::tcp::endpoint& server, steady::duration patience)
      : socket_(where), server_(server), patience_(patience) {}

  /// Sends one whole request and fills `out`. Nothing is sent twice. A server may close a kept connection at
  /// any time; this is reported as `closed`, because a client must not repeat a POST.
  coro<void> exchange(std::string_view request, answer& out);

  /// Connects if it is not connected. False: that is impossible.
  coro<bool> open();

  /// Cuts the connection if its request has taken longer than `patience`.
  void look_at(steady::time_point now);
  void close();

private:
  bool was_closed();
  coro<fate> talk(std::string_view request, answer& out);

  tcp_socket socket_;
  boost::asio::ip::tcp::endpoint server_;
  steady::duration patience_;
  steady::time_point deadline_ = steady::time_point::max(), last_used_{};
  bool cut_ = false;
  std::array<char, 8 * 1024> in_;
};

} // namespace invited::bench
