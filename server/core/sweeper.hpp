#pragma once

#include "server/log/log_buffer.hpp"
#include "store/async/turn.hpp"
#include "store/counting/expiry.hpp"
#include "store/counting/folding.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <array>
#include <chrono>
#include <cstddef>

namespace invited::server {

/// Has expiries counted, and days that are over folded a bit further: once a second, all 256 groups in one
/// pipelined batch, from one core of each server.
/// That several servers do it costs Redis a millisecond a second each and changes nothing. Used on its core's
/// thread.
class sweeper {
public:
  /// All outlive the object. `first_after` keeps servers that were started together apart.
  sweeper(boost::asio::io_context& io, turn& end_of_turn, store::redis::connection& redis, log_buffer& log,
          std::chrono::milliseconds first_after);

  void start();
  void stop(); ///< what is under way ends by itself

  /// How many it has counted; may be read on any thread.
  const store::tally& expired() const { return expiry_.settled(); }

private:
  static constexpr std::chrono::milliseconds period{1000};

  void wait(std::chrono::milliseconds time);
  void sweep();
  static void ended(void* self);
  void one_ended();
  void report();

  turn& turn_;
  store::redis::connection& redis_;
  store::expiry expiry_;
  store::folding folding_;
  log_buffer& log_;
  const std::chrono::milliseconds first_after_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type>
      timer_;
  std::array<task<store::result<std::uint32_t>>, store::groups> work_;
  task<store::result<void>> folds_;
  std::size_t running_ = 0;
  bool stopped_ = false;
};

} // namespace invited::server
