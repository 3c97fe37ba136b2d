#pragma once

#include "server/http/session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace invited::server {

namespace detail {

/// A stream that can be written to without waiting: nearly every answer fits into the kernel's buffer, and
/// then the trip through the event loop is spared.
template <class Stream>
concept writes_at_once = requires(Stream& s, boost::asio::const_buffer b, boost::system::error_code& ec) {
  s.non_blocking(true, ec);
  s.write_some(b, ec);
};

template <class Stream>
concept shuts_down = requires(Stream& s, boost::system::error_code& ec) {
  s.shutdown(boost::asio::socket_base::shutdown_send, ec);
};

} // namespace detail

template <class Stream>
session<Stream>::session(Stream stream, http_context& context, session_list& list,
                         const boost::asio::ip::address& peer)
    : stream_(std::move(stream)), context_(context), list_(list), connection_(context, peer) {
  boost::system::error_code ignored; // a stream that stays blocking is written to through the loop
  if constexpr (detail::writes_at_once<Stream>) stream_.non_blocking(true, ignored);
  list_.add(*this);
}

template <class Stream>
session<Stream>::~session() {
  context_.timers.leave(*this);
  boost::system::error_code ignored;
  stream_.close(ignored);
  list_.remove(*this);
}

template <class Stream>
void session<Stream>::start(std::unique_ptr<session> s) {
  auto executor = s->stream_.get_executor();
  boost::asio::co_spawn(executor, own(std::move(s)), boost::asio::detached);
}

/// The coroutine frame owns the session: with the frame it goes.
template <class Stream>
boost::asio::awaitable<void> session<Stream>::own(std::unique_ptr<session> self) {
  try {
    co_await self->run();
  } catch (...) { // out of memory: this connection ends, the others go on
  }
}

template <class Stream>
boost::asio::awaitable<void> session<Stream>::run() {
  while (!aborted_) {
    switch (connection_.next()) {
    case connection::want::read: co_await read(); break;
    case connection::want::write:
      if (!write_at_once()) co_await write();
      break;
    case connection::want::serve: co_await serve(); break;
    case connection::want::shut_down: shut_down(); break;
    case connection::want::close: co_return;
    }
  }
}

template <class Stream>
boost::asio::awaitable<void> session<Stream>::read() {
  const auto room = connection_.room();
  context_.timers.enter(*this, connection_.reading_phase());
  boost::system::error_code failed;
  const auto buffer = boost::asio::buffer(room.data(), room.size());
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failed);
  reading_ = true;
  const auto n = co_await stream_.async_read_some(buffer, token);
  reading_ = false;
  if (interrupted()) co_return;
  if (!failed) {
    connection_.received(n);
  } else if (failed == boost::asio::error::eof) {
    connection_.ended();
  } else if (failed != boost::asio::error::operation_aborted || !context_.draining) {
    connection_.lost(); // drain() cancels the read of an idle connection, and next() ends it
  }
}

/// Whether everything has been written.
template <class Stream>
bool session<Stream>::write_at_once() {
  if constexpr (detail::writes_at_once<Stream>) {
    if (!stream_.non_blocking()) return false;
    const auto bytes = connection_.output();
    boost::system::error_code failed;
    const auto n = stream_.write_some(boost::asio::const_buffer{bytes.data(), bytes.size()}, failed);
    if (failed == boost::asio::error::would_block || failed == boost::asio::error::try_again) return false;
    if (failed) {
      connection_.lost();
      return true;
    }
    connection_.written(n);
    return n == bytes.size();
  }
  return false;
}

template <class Stream>
boost::asio::awaitable<void> session<Stream>::write() {
  context_.timers.enter(*this, phase::write);
  while (!connection_.output().empty()) {
    const auto bytes = connection_.output();
    boost::system::error_code failed;
    const boost::asio::const_buffer buffer{bytes.data(), bytes.size()};
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failed);
    const auto n = co_await stream_.async_write_some(buffer, token);
    if (interrupted()) co_return;
    if (failed) {
      connection_.lost();
      co_return;
    }
    connection_.written(n);
  }
  context_.timers.leave(*this);
}

template <class Stream>
boost::asio::awaitable<void> session<Stream>::serve() {
  context_.timers.leave(*this); // the handler's time is the store's to limit
  handlers::response answer;
  bool threw = false;
  try {
    answer = co_await context_.service.serve(connection_.request());
  } catch (...) { // against its contract; what it says may not be logged
    threw = true;
  }
  // Outside of the try block: an answer that was begun is never followed by another.
  if (threw) {
    connection_.failed();
  } else {
    connection_.answered(answer);
  }
}

template <class Stream>
void session<Stream>::shut_down() {
  boost::system::error_code failed;
  if constexpr (detail::shuts_down<Stream>) stream_.shutdown(boost::asio::socket_base::shutdown_send, failed);
  if (failed) connection_.lost();
}

/// Whether the operation that just ended was cut short, and the connection told why. A deadline may also have
/// passed after its end and before the coroutine ran: that counts the same.
template <class Stream>
bool session<Stream>::interrupted() {
  if (aborted_) return true;
  if (!expired_) return false;
  const auto p = *expired_;
  expired_.reset();
  connection_.timed_out(p);
  return true;
}

template <class Stream>
void session<Stream>::on_deadline(phase p) {
  expired_ = p;
  boost::system::error_code ignored;
  stream_.cancel(ignored);
}

template <class Stream>
void session<Stream>::drain() {
  boost::system::error_code ignored;
  if (reading_ && connection_.is_idle()) stream_.cancel(ignored);
}

template <class Stream>
void session<Stream>::abort() {
  aborted_ = true;
  boost::system::error_code ignored;
  stream_.close(ignored);
}

} // namespace invited::server
