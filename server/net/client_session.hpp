#pragma once

#include "server/http/connection.hpp"
#include "server/net/connection_budget.hpp"
#include "server/net/net_context.hpp"
#include "server/net/polled_socket.hpp"
#include "server/net/session_list.hpp"
#include "store/async/task.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <memory>
#include <optional>

namespace invited::server {

/// One client's connection on any stream. It does what its `connection` wants as long as it can without
/// waiting; then it is called back. Runs on the thread of the context's loop. Context and list must outlive
/// it: before either is destroyed, call abort() and run the loop until the list is empty, or let the list
/// destroy it.
///
/// A Stream needs async_read_some, async_write_some, cancel and close. If it has a non-blocking read_some and
/// write_some, and shutdown (as sockets have), they are used.
template <class Stream>
class client_session final : public live_session, private deadline_entry, private write_queue::writer {
public:
  client_session(Stream stream, net_context& context, session_list& list,
                 const boost::asio::ip::address& peer, connection_place place = {});
  ~client_session() override;

  /// Runs `s` until its connection ends. It owns itself from here on.
  static void start(std::unique_ptr<client_session> s);

  void drain() override;
  void abort() override;

private:
  template <class First>
  void go_on(First first) noexcept;
  bool take_step();
  bool read();
  bool write();
  void write_now() override;
  void wait_to_write();
  bool serve();
  void took(boost::system::error_code failed, std::size_t n);
  void gave(boost::system::error_code failed, std::size_t n);
  void answer();
  static void served(void* self);
  void shut_down();
  void on_deadline(phase p) override;
  bool may_go() const override;
  void go() override;
  bool interrupted();

  Stream stream_;
  net_context& context_;
  session_list& list_;
  task<handlers::response> work_{}; ///< what serves the current request
  std::optional<phase> expired_{};  ///< a deadline passed while it waited for the stream
  bool reading_ = false;            ///< waits for the stream, to read
  bool queued_ = false;             ///< waits for write_now()
  bool must_wait_to_write_ = false; ///< the stream did not take more just now
  bool over_ = false;
  bool aborted_ = false;
  connection connection_;
  connection_place place_;
};

extern template class client_session<polled_socket>;

} // namespace invited::server
