#include "bench/generator/connection.hpp"

#include "bench/generator/answer_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>

namespace invited::bench {

using boost::system::error_code;

/// Before this time no server closes an idle connection, so we need not look.
constexpr auto long_idle = std::chrono::seconds(1);

std::string_view name_of(fate f) noexcept {
  constexpr std::array<std::string_view, fates> names = {"answered", "not_connected", "closed", "timed_out",
                                                         "malformed"};
  return names[static_cast<std::size_t>(f)];
}

/// Whether the server has ended it, as it may after some time without a request.
bool connection::was_closed() {
  char byte = 0;
  error_code e;
  socket_.receive(boost::asio::buffer(&byte, 1), tcp_socket::message_peek, e);
  return e != boost::asio::error::would_block;
}

coro<bool> connection::open() {
  if (socket_.is_open()) co_return true;
  error_code e;
  co_await socket_.async_connect(server_, boost::asio::redirect_error(use_coro, e));
  if (!e) socket_.set_option(boost::asio::ip::tcp::no_delay(true), e);
  if (!e) socket_.non_blocking(true, e);
  if (e) close();
  co_return !e;
}

coro<void> connection::exchange(std::string_view request, answer& out) {
  out.status = 0;
  out.replayed = false;
  out.body.clear();
  cut_ = false;
  const steady::time_point now = steady::now();
  deadline_ = now + patience_;
  if (socket_.is_open() && now - last_used_ > long_idle && was_closed()) close();
  out.what = fate::not_connected;
  const bool connected = co_await open();
  if (connected) {
    const fate what = co_await talk(request, out);
    out.what = what;
  }
  deadline_ = steady::time_point::max();
  last_used_ = steady::now();
  if (out.what != fate::answered) close();
  if (cut_) out.what = fate::timed_out;
}

coro<fate> connection::talk(std::string_view request, answer& out) {
  error_code e;
  // A request nearly always fits into the socket's buffer: then this is one system call, and no wait.
  const std::size_t sent = socket_.write_some(boost::asio::buffer(request), e);
  if (e == boost::asio::error::would_block) e.clear();
  if (!e && sent < request.size()) {
    const auto rest = boost::asio::buffer(request.substr(sent));
    co_await boost::asio::async_write(socket_, rest, boost::asio::redirect_error(use_coro, e));
  }
  if (e) co_return fate::closed;

  answer_parser parser(out);
  std::size_t held = 0; // bytes of a head that is not whole yet
  while (!parser.is_done()) {
    if (held == in_.size()) co_return fate::malformed;
    const auto room = boost::asio::buffer(in_.data() + held, in_.size() - held);
    const std::size_t got = co_await socket_.async_read_some(room, boost::asio::redirect_error(use_coro, e));
    if (e) co_return fate::closed;
    held += got;
    const std::size_t used = parser.put(boost::asio::const_buffer(in_.data(), held), e);
    if (e && e != boost::beast::http::error::need_more) co_return fate::malformed;
    std::copy(in_.begin() + static_cast<std::ptrdiff_t>(used),
              in_.begin() + static_cast<std::ptrdiff_t>(held), in_.begin());
    held -= used;
  }
  if (held > 0) co_return fate::malformed; // more than was asked for
  if (!parser.keep_alive()) close();
  co_return fate::answered;
}

void connection::look_at(steady::time_point now) {
  if (now < deadline_) return;
  cut_ = true;
  close();
}

void connection::close() {
  error_code ignored;
  socket_.close(ignored);
}

} // namespace invited::bench
