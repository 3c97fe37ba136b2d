#pragma once

#include "store/redis/url.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace invited::store::redis {

/// Sets up TLS as a client: TLS 1.2 or newer, the server's certificate is verified against `ca_file` (PEM),
/// or against the system's authorities where that is empty. Throws boost::system::system_error.
boost::asio::ssl::context make_tls_context(const std::string& ca_file);

/// A byte stream to Redis: TCP, Unix socket or TLS. Must live until the handlers of all its operations have
/// returned, also after close().
class stream {
public:
  using executor_type =
      boost::asio::io_context::executor_type; // concrete: type erasure would cost at every operation

  /// `tls` is used for url::transport::tls only, and must outlive the stream then.
  stream(executor_type executor, const url& target, boost::asio::ssl::context* tls);

  /// Resolves, connects and does TLS's handshake with a check of the host's name. Has no time limit: close()
  /// ends it.
  boost::asio::awaitable<boost::system::error_code> connect(const url& target);

  /// Handler: void(error_code, std::size_t). One read and one write may be under way.
  template <class Handler>
  void async_read_some(boost::asio::mutable_buffer to, Handler&& handler) {
    std::visit([&](auto& s) { s.async_read_some(to, std::forward<Handler>(handler)); }, socket_);
  }

  template <class Handler>
  void async_write(boost::asio::const_buffer from, Handler&& handler) {
    std::visit([&](auto& s) { boost::asio::async_write(s, from, std::forward<Handler>(handler)); }, socket_);
  }

  /// Writes what the kernel takes at once, and returns how much. This is nearly always everything, and saves
  /// a turn of the loop. Returns 0 with TLS and on any error; the async_write() of the rest will report the
  /// error.
  std::size_t write_now(boost::asio::const_buffer from);

  /// Blocks the thread until there is something to read or the stream has ended, for `at_most` at the
  /// longest. Precondition: connected.
  void wait_to_read(std::chrono::microseconds at_most) noexcept;

  /// Ends everything that is under way. It skips TLS's closing handshake, which RESP does not need.
  void close() noexcept;

private:
  using tcp = boost::asio::ip::tcp;
  using tcp_socket = boost::asio::basic_stream_socket<tcp, executor_type>;
  using local = boost::asio::local::stream_protocol;
  using local_socket = boost::asio::basic_stream_socket<local, executor_type>;
  using tls_socket = boost::asio::ssl::stream<tcp_socket>;
  using resolver = boost::asio::ip::basic_resolver<tcp, executor_type>;
  using any_socket = std::variant<tcp_socket, local_socket, tls_socket>;

  static any_socket make_socket(executor_type executor, const url& target, boost::asio::ssl::context* tls);

  boost::asio::awaitable<boost::system::error_code> connect_tcp(tcp_socket& socket, const url& target);
  boost::asio::awaitable<boost::system::error_code> connect_tls(tls_socket& socket, const url& target);

  any_socket socket_;
  resolver resolver_;
  bool closed_ = false;
};

} // namespace invited::store::redis
