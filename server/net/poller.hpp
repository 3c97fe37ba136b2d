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

/// Tells the sockets of one core's clients when they can be read or written: an edge-triggered epoll set of
/// our own, which the event loop watches as one descriptor. Asio's reactor would try to read each time before
/// it waits (a system call that fails, for every request) and queue an operation for each wait; here a turn
/// of the loop costs two calls more, however many sockets are ready. Used on its core's thread only; outlives
/// its sources.
class poller {
public:
  /// A socket that is watched.
  class source {
  public:
    source() = default;
    source(const source&) = delete;
    source& operator=(const source&) = delete;

    /// What has become possible, as EPOLLIN and its like. To be used at once, and nobody told: all sources
    /// read before the first request is looked at, so that the kernel's code and ours do not throw each other
    /// out of the instruction cache with every request of a batch.
    virtual void on_events(std::uint32_t events) = 0;

    /// Comes after on_events() of all. May remove any source, itself too.
    virtual void on_round_over() = 0;

  protected:
    ~source() = default;
  };

  /// `pause`, where there is one, is called when something is ready, before it is looked for. It may block
  /// for a moment, where what comes meanwhile had better be one round with it. Throws
  /// boost::system::system_error when the system has no epoll set left.
  poller(boost::asio::io_context& io, turn& end_of_turn, std::function<void()> pause = {});

  /// From here on `s` hears of every change of `fd`, and at once of what is possible now. Throws
  /// boost::system::system_error.
  void add(int fd, source& s);
  void remove(int fd, source& s) noexcept;

  /// Looks at once, without waiting for the loop to come round.
  void look();

private:
  using executor = boost::asio::io_context::executor_type;

  void wait();

  turn& turn_;
  const std::function<void()> pause_;
  boost::asio::posix::basic_stream_descriptor<executor> set_;
  std::size_t watched_ = 0; ///< while it is 0 the loop has no work of ours
  bool waiting_ = false;    ///< the loop has our wait
  bool looking_ = false;
  std::array<epoll_event, 256> events_;
  std::span<epoll_event> ready_{}; ///< of these, what look() has still to tell
};

} // namespace invited::server
