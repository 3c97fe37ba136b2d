#include "store/redis/stream.hpp"

#include "store/base/ip_text.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <ctime>

#include <poll.h>

namespace invited::store::redis {

namespace asio = boost::asio;
using asio::awaitable;
using asio::redirect_error;
using asio::use_awaitable;
using boost::system::error_code;

asio::ssl::context make_tls_context(const std::string& ca_file) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  context.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  context.set_verify_mode(asio::ssl::verify_peer);
  if (ca_file.empty())
    context.set_default_verify_paths();
  else
    context.load_verify_file(ca_file);
  return context;
}

stream::stream(executor_type executor, const url& target, asio::ssl::context* tls)
    : socket_(make_socket(executor, target, tls)), resolver_(executor) {}

stream::any_socket stream::make_socket(executor_type executor, const url& target, asio::ssl::context* tls) {
  switch (target.via) {
  case url::transport::unix_socket: return local_socket(executor);
  case url::transport::tls: return tls_socket(executor, *tls);
  case url::transport::tcp: break;
  }
  return tcp_socket(executor);
}

awaitable<error_code> stream::connect(const url& target) {
  if (auto* tls = std::get_if<tls_socket>(&socket_)) co_return co_await connect_tls(*tls, target);
  if (auto* socket = std::get_if<tcp_socket>(&socket_)) co_return co_await connect_tcp(*socket, target);
  error_code ec;
  const local::endpoint where(target.path);
  local_socket& socket = std::get<local_socket>(socket_);
  co_await socket.async_connect(where, redirect_error(use_awaitable, ec));
  if (!ec) socket.non_blocking(true, ec); // for write_now()
  co_return ec;
}

awaitable<error_code> stream::connect_tcp(tcp_socket& socket, const url& target) {
  error_code ec;
  if (const auto literal = zoned_ip_address_of(target.host)) { // without the resolver, which costs a thread
    const tcp::endpoint where(*literal, target.port);
    co_await socket.async_connect(where, redirect_error(use_awaitable, ec));
  } else {
    const std::string service = std::to_string(target.port);
    const auto found =
        co_await resolver_.async_resolve(target.host, service, redirect_error(use_awaitable, ec));
    if (closed_) co_return asio::error::operation_aborted; // otherwise connecting would open the socket again
    if (!ec) co_await asio::async_connect(socket, found, redirect_error(use_awaitable, ec));
  }
  if (closed_) co_return asio::error::operation_aborted;
  if (ec) co_return ec;
  socket.non_blocking(true, ec); // for write_now()
  if (!ec) socket.set_option(tcp::no_delay(true), ec);
  // So that the kernel notices a vanished peer even while nothing is asked.
  if (!ec) socket.set_option(asio::socket_base::keep_alive(true), ec);
  co_return ec;
}

awaitable<error_code> stream::connect_tls(tls_socket& socket, const url& target) {
  error_code ec = co_await connect_tcp(socket.next_layer(), target);
  if (ec) co_return ec;
  if (!zoned_ip_address_of(target.host)) { // SNI is for names only (RFC 6066 §3)
    const long done =
        SSL_ctrl(socket.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(target.host.c_str())); // copied, not changed
    if (done != 1) co_return asio::error::invalid_argument;
  }
  socket.set_verify_callback(asio::ssl::host_name_verification(target.host), ec);
  if (ec) co_return ec;
  co_await socket.async_handshake(asio::ssl::stream_base::client, redirect_error(use_awaitable, ec));
  co_return ec;
}

std::size_t stream::write_now(asio::const_buffer from) {
  error_code failed;
  std::size_t n = 0;
  if (auto* unix_one = std::get_if<local_socket>(&socket_))
    n = unix_one->write_some(from, failed);
  else if (auto* socket = std::get_if<tcp_socket>(&socket_))
    n = socket->write_some(from, failed);
  return failed ? 0 : n;
}

void stream::wait_to_read(std::chrono::microseconds at_most) noexcept {
  pollfd looked_at{std::visit([](auto& s) { return s.lowest_layer().native_handle(); }, socket_), POLLIN, 0};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at_most);
  const std::timespec limit{seconds.count(), std::chrono::nanoseconds(at_most - seconds).count()};
  ::ppoll(&looked_at, 1, &limit, nullptr); // a signal only ends it early
}

void stream::close() noexcept {
  closed_ = true;
  resolver_.cancel();
  error_code ignored;
  std::visit([&](auto& s) { s.lowest_layer().close(ignored); }, socket_);
}

} // namespace invited::store::redis
