#pragma once

#include "server/net/client_session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/socket_base.hpp>

#include <utility>

namespace invited::server {

namespace detail {

/// A stream that can be tried without waiting, because nearly every answer fits into the kernel's buffer, and
/// an announced request is there.
template <class Stream>
concept can_be_tried = requires(Stream& s, boost::asio::const_buffer out, boost::asio::mutable_buffer in,
                                boost::system::error_code& ec) {
  s.write_some(out, ec);
  s.read_some(in, ec);
};

template <class Stream>
concept shuts_down = requires(Stream& s, boost::system::error_code& ec) {
  s.shutdown(boost::asio::socket_base::shutdown_send, ec);
};

inline bool must_wait(const boost::system::error_code& ec) {
  return ec == boost::asio::error::would_block || ec == boost::asio::error::try_again;
}

} // namespace detail

template <class Stream>
client_session<Stream>::client_session(Stream stream, net_context& context, session_list& list,
                                       const boost::asio::ip::address& peer, connection_place place)
    : stream_(std::move(stream)),
      context_(context),
      list_(list),
      connection_(context.http, peer),
      place_(std::move(place)) {
  list_.add(*this);
}

template <class Stream>
client_session<Stream>::~client_session() {
  context_.timers.leave(*this);
  if (queued_) context_.writes.remove(*this);
  boost::system::error_code ignored;
  stream_.close(ignored);
  list_.remove(*this);
}

template <class Stream>
void client_session<Stream>::start(std::unique_ptr<client_session> s) {
  s.release()->go_on([] {});
}

/// Does `first`, and then everything that it can do without waiting. At the end of the connection the session
/// destroys itself.
template <class Stream>
template <class First>
void client_session<Stream>::go_on(First first) noexcept {
  try {
    first();
    while (!aborted_ && !over_) {
      if (!take_step()) return;
    }
  } catch (...) { // out of memory: this connection ends, the others go on
  }
  delete this;
}

/// False: it must wait for something, which then calls go_on().
template <class Stream>
bool client_session<Stream>::take_step() {
  switch (connection_.next()) {
  case connection::want::read: return read();
  case connection::want::write: return write();
  case connection::want::serve: return serve();
  case connection::want::shut_down: shut_down(); return true;
  case connection::want::close: over_ = true; return true;
  }
  return true;
}

template <class Stream>
bool client_session<Stream>::read() {
  const auto room = connection_.room();
  context_.timers.enter(*this, connection_.reading_phase());
  const auto buffer = boost::asio::buffer(room.data(), room.size());
  if constexpr (detail::can_be_tried<Stream>) {
    boost::system::error_code failed;
    const std::size_t n = stream_.read_some(buffer, failed);
    if (!detail::must_wait(failed)) {
      took(failed, n);
      return true;
    }
  }
  reading_ = true;
  stream_.async_read_some(buffer, [this](boost::system::error_code ec, std::size_t n) {
    go_on([&] {
      reading_ = false;
      if (!interrupted()) took(ec, n);
    });
  });
  return false;
}

template <class Stream>
void client_session<Stream>::took(boost::system::error_code failed, std::size_t n) {
  if (!failed) {
    connection_.received(n);
  } else if (failed == boost::asio::error::eof) {
    connection_.ended();
  } else if (failed != boost::asio::error::operation_aborted || !context_.http.draining) {
    connection_.lost(); // drain() cancels the read of an idle connection, and next() ends it
  }
}

template <class Stream>
bool client_session<Stream>::write() {
  if (detail::can_be_tried<Stream> && !must_wait_to_write_) {
    queued_ = true; // first: if there is no memory, removing one that is not there does no harm
    context_.writes.add(*this);
  } else {
    wait_to_write();
  }
  return false;
}

template <class Stream>
void client_session<Stream>::write_now() {
  queued_ = false;
  if constexpr (detail::can_be_tried<Stream>) {
    // A deadline may have passed meanwhile: one of the phase of this write, or one that comes too late.
    if (aborted_ || expired_) return go_on([this] { interrupted(); });
    go_on([this] {
      const auto bytes = connection_.output();
      boost::system::error_code failed;
      const std::size_t n = stream_.write_some(boost::asio::buffer(bytes), failed);
      if (detail::must_wait(failed)) {
        must_wait_to_write_ = true;
      } else {
        gave(failed, n);
      }
    });
  }
}

template <class Stream>
void client_session<Stream>::wait_to_write() {
  must_wait_to_write_ = false;
  context_.timers.enter(*this, phase::write);
  const auto bytes = connection_.output();
  stream_.async_write_some(boost::asio::buffer(bytes), [this](boost::system::error_code ec, std::size_t n) {
    go_on([&] {
      if (!interrupted()) gave(ec, n);
    });
  });
}

template <class Stream>
void client_session<Stream>::gave(boost::system::error_code failed, std::size_t n) {
  if (failed) return connection_.lost();
  connection_.written(n);
  // The phase has a total time: it goes on until the kernel has everything.
  if (connection_.output().empty()) context_.timers.leave(*this);
}

template <class Stream>
bool client_session<Stream>::serve() {
  context_.timers.leave(*this); // the store limits the time of the handler
  work_ = context_.http.service.serve(connection_.request());
  if (!work_.start(served, this)) return false;
  answer();
  return true;
}

template <class Stream>
void client_session<Stream>::served(void* self) {
  auto* const s = static_cast<client_session*>(self);
  s->go_on([s] { s->answer(); });
}

template <class Stream>
void client_session<Stream>::answer() {
  const task<handlers::response> done =
      std::move(work_); // its frame is free before the next request's is made
  const handlers::response* out = nullptr;
  try {
    const handlers::response& got = done.take();
    out = &got;
  } catch (...) { // against the service's contract; its message must not be logged
    return connection_.failed();
  }
  connection_.answered(*out);
}

template <class Stream>
void client_session<Stream>::shut_down() {
  boost::system::error_code failed;
  if constexpr (detail::shuts_down<Stream>) stream_.shutdown(boost::asio::socket_base::shutdown_send, failed);
  if (failed) connection_.lost();
}

/// Whether the wait that just ended was cut short; tells the connection why. A deadline that passed after its
/// end but before this call counts, too.
template <class Stream>
bool client_session<Stream>::interrupted() {
  if (aborted_) return true;
  if (!expired_) return false;
  const auto p = *expired_;
  expired_.reset();
  connection_.timed_out(p);
  return true;
}

template <class Stream>
void client_session<Stream>::on_deadline(phase p) {
  expired_ = p;
  boost::system::error_code ignored;
  stream_.cancel(ignored);
}

template <class Stream>
bool client_session<Stream>::may_go() const {
  return reading_ && !aborted_ && connection_.is_idle();
}

/// Its place is free at once; the rest is destroyed later by the loop.
template <class Stream>
void client_session<Stream>::go() {
  place_.release();
  abort();
}

template <class Stream>
void client_session<Stream>::drain() {
  boost::system::error_code ignored;
  if (reading_ && connection_.is_idle()) stream_.cancel(ignored);
}

template <class Stream>
void client_session<Stream>::abort() {
  aborted_ = true;
  boost::system::error_code ignored;
  stream_.close(ignored);
}

} // namespace invited::server
