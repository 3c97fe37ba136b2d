#pragma once

#include "store/async/task.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <string_view>

namespace invited::server {

/// Does a piece of work in the background repeatedly, one round at a time. Used on its loop's thread.
class rounds {
public:
  /// One round; returns how long to wait until the next one.
  using work = std::function<task<std::chrono::milliseconds>()>;

  /// Called with what a round threw. The next round comes in a second.
  using fault_observer = std::function<void(std::string_view what)>;

  rounds(boost::asio::io_context& io, work one_round, fault_observer on_fault)
      : one_round_(std::move(one_round)), on_fault_(std::move(on_fault)), timer_(io.get_executor()) {}

  void start(std::chrono::milliseconds first_after) { wait(first_after); }

  /// Begins no further round, and calls `stopped` when no round runs, which may be at once.
  void stop(std::function<void()> stopped);

private:
  void wait(std::chrono::milliseconds time);
  void begin();
  static void ended(void* self) { static_cast<rounds*>(self)->end(); }
  void end();

  const work one_round_;
  const fault_observer on_fault_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type>
      timer_;
  task<std::chrono::milliseconds> round_;
  bool running_ = false;
  bool stopping_ = false;
  std::function<void()> stopped_;
};

} // namespace invited::server
