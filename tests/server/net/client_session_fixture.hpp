#pragma once

#include "server/net/client_session.ipp"
#include "tests/server/http/http_fixture.hpp"

#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <utility>

namespace invited::server {

namespace asio = boost::asio;
using local_socket = asio::local::stream_protocol::socket;

/// A socket that breaks at its n-th operation. Like a TLS stream, it can only be written to through the loop.
class faulty_stream {
public:
  faulty_stream(local_socket s, int fail_at) : socket_(std::move(s)), left_(fail_at) {}

  void cancel(boost::system::error_code& ec) { socket_.cancel(ec); }
  void close(boost::system::error_code& ec) { socket_.close(ec); }

  template <class Buffer, class Handler>
  void async_read_some(const Buffer& buffer, Handler handler) {
    step();
    socket_.async_read_some(buffer, handler);
  }

  template <class Buffer, class Handler>
  void async_write_some(const Buffer& buffer, Handler handler) {
    step();
    // In small parts, because an answer is not always taken in one piece.
    socket_.async_write_some(asio::buffer(buffer, 100), handler);
  }

private:
  void step() {
    boost::system::error_code ignored;
    if (--left_ == 0) socket_.close(ignored); // whatever is tried now fails
  }

  local_socket socket_;
  int left_;
};

inline const std::string hello = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

struct session_fixture : core_fixture {
  poller sockets{io, end_of_turn};
  session_list sessions{};
  local_socket client{io};
  test::turnstile gate{}; ///< handlers wait for it if a test says so

  ~session_fixture() {
    sessions.abort();
    open_gate();
  }

  void connect() {
    local_socket server{io};
    asio::local::connect_pair(client, server);
    client.non_blocking(true);
    using session_type = client_session<polled_socket>;
    polled_socket stream{io, sockets, server.release()};
    session_type::start(std::make_unique<session_type>(std::move(stream), net, sessions, peer));
    settle();
  }

  void connect_faulty(int fail_at) {
    client = local_socket{io};
    local_socket server{io};
    asio::local::connect_pair(client, server);
    client.non_blocking(true);
    using session_type = client_session<faulty_stream>;
    faulty_stream stream{std::move(server), fail_at};
    session_type::start(std::make_unique<session_type>(std::move(stream), net, sessions, peer));
    settle();
  }

  /// Runs all that can run now. Whatever a socket pair was given is there at once.
  void settle() {
    while (io.poll() > 0) io.restart();
    io.restart();
  }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      boost::system::error_code failed;
      const auto n = client.write_some(asio::const_buffer{bytes.data(), bytes.size()}, failed);
      if (failed) {
        settle();
        if (failed != asio::error::would_block) return; // the session is gone
        continue;
      }
      bytes.remove_prefix(n);
      settle();
    }
  }

  /// What has arrived; `ended` says whether that was all.
  std::string receive() {
    std::string text;
    char part[4096];
    for (;;) {
      settle();
      boost::system::error_code failed;
      const auto n = client.read_some(asio::buffer(part), failed);
      text.append(part, n);
      if (!failed) continue;
      ended = failed != asio::error::would_block;
      return text;
    }
  }

  void pass(std::chrono::milliseconds time) {
    now += time;
    timers.tick();
    settle();
  }

  void make_handlers_wait() { service.gate = &gate; }

  void open_gate() {
    gate.open();
    settle();
  }

  bool ended = false;
};

} // namespace invited::server
