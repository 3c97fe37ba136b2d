#pragma once

#include "server/net/poller.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <functional>
#include <memory>

namespace invited::server {

/// A client's connection, watched by a poller. It has the part of Asio's stream sockets that a session needs,
/// with the same names and meanings. Never blocks. One asynchronous operation at a time.
class polled_socket {
public:
  /// A handler that captures one pointer is stored without allocation.
  using handler = std::function<void(boost::system::error_code, std::size_t)>;

  /// Takes `fd`, a connected stream socket with urgent data in line. If it throws
  /// (boost::system::system_error, std::bad_alloc), it closes `fd`.
  polled_socket(boost::asio::io_context& io, poller& by, int fd);
  ~polled_socket();
  polled_socket(polled_socket&&) noexcept;
  polled_socket& operator=(polled_socket&&) = delete;

  /// Gives would_block without a system call if the last read took everything and the poller has reported
  /// nothing since. Gives eof if the client has ended its side.
  std::size_t read_some(boost::asio::mutable_buffer to, boost::system::error_code& ec);
  std::size_t write_some(boost::asio::const_buffer from, boost::system::error_code& ec);

  // The same when it has become possible. The poller calls `done`; after a cancel the loop calls it with
  // operation_aborted. Precondition: the call above just gave would_block.
  void async_read_some(boost::asio::mutable_buffer to, handler done);
  void async_write_some(boost::asio::const_buffer from, handler done);

  void cancel(boost::system::error_code& ec);
  void shutdown(boost::asio::socket_base::shutdown_type what, boost::system::error_code& ec);
  void close(boost::system::error_code& ec);

private:
  class state;
  std::unique_ptr<state> state_; ///< must not move, because the poller points to it
};

} // namespace invited::server
