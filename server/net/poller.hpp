#pragma once

#include "store/async/turn.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include <sys/epoll.h>

namespace invited::server {

/// Tells the sockets of one core's clients when they can be read or written. It is an edge-triggered epoll
/// set of our own, which the event loop watches as one descriptor. Asio's reactor tries to read before each
/// wait (a system call that fails, for every request), and queues an operation for each wait. Here a turn of
/// the loop costs two more calls, however many sockets are ready. Used on its core's thread only. It must
/// outlive its sources.
class poller {
public:
  /// A socket that is watched.
  class source {
  public:
    source() = default;
    source(const source&) = delete;
    source& operator=(const source&) = delete;

    /// `events` says what has become possible, as EPOLLIN and the like. The source must use it now, but call
    /// nobody: all sources read before the first request is handled, so that the kernel's code and ours do
    /// not push each other out of the instruction cache with every request of a batch.
    virtual void on_events(std::uint32_t events) = 0;

    /// Called after on_events() of all sources. May remove any source, also itself.
    virtual void on_round_over() = 0;

  protected:
    ~source() = default;
  };

  /// `pause`, if given, is called when something is ready, before the poller looks for it. It may block for a
  /// moment, so that what arrives meanwhile is handled in the same round. Throws boost::system::system_error
  /// if the system has no epoll set left.
  poller(boost::asio::io_context& io, turn& end_of_turn, std::function<void()> pause = {});

  /// From here on `s` is told of every change of `fd`, and at once of what is possible now. Throws
  /// boost::system::system_error.
  void add(int fd, source& s);
  void remove(int fd, source& s) noexcept;

  /// Looks now, without waiting for the loop.
  void look();

private:
  using executor = boost::asio::io_context::executor_type;

  void wait();

  turn& turn_;
  const std::function<void()> pause_;
  boost::asio::posix::basic_stream_descriptor<executor> set_;
  std::size_t watched_ = 0; ///< while it is 0 the loop has no work of this poller
  bool waiting_ = false;    ///< a wait of this poller is in the loop
  bool looking_ = false;
  std::array<epoll_event, 256> events_;
  std::span<epoll_event> ready_{}; ///< those that look() has not told yet
};

} // namespace invited::server
