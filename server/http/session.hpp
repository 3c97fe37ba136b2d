#pragma once

#include "server/http/connection.hpp"
#include "server/http/deadlines.hpp"
#include "server/http/http_context.hpp"
#include "server/http/session_list.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <optional>

namespace invited::server {

/// One client's connection: a coroutine that does what its `connection` wants, on any stream. Runs on the
/// thread of the stream's executor. Context and list outlive it; before either goes, abort() and run the loop
/// until the list is empty.
///
/// Of a Stream it needs async_read_some, async_write_some, cancel and close; where it has a non-blocking
/// write_some and shutdown (sockets), it uses them.
template <class Stream>
class session final : public live_session, private deadline_entry {
public:
  session(Stream stream, http_context& context, session_list& list, const boost::asio::ip::address& peer);
  ~session() override;

  /// Lets `s` run until its connection ends. It owns itself from here on.
  static void start(std::unique_ptr<session> s);

  void drain() override;
  void abort() override;

private:
  static boost::asio::awaitable<void> own(std::unique_ptr<session> self);
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> read();
  boost::asio::awaitable<void> write();
  boost::asio::awaitable<void> serve();
  bool write_at_once();
  void shut_down();
  void on_deadline(phase p) override;
  bool interrupted();

  Stream stream_;
  http_context& context_;
  session_list& list_;
  connection connection_;
  std::optional<phase> expired_{}; ///< a deadline passed while the stream was waited for
  bool reading_ = false;
  bool aborted_ = false;
};

/// A socket with its executor's own type: the polymorphic one costs a virtual call or two each operation.
using tcp_stream =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

extern template class session<tcp_stream>;

} // namespace invited::server
