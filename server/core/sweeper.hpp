#pragma once

#include "server/log/log_buffer.hpp"
#include "server/loop/rounds.hpp"
#include "store/async/task.hpp"
#include "store/counting/expiry.hpp"
#include "store/counting/folding.hpp"

#include <boost/asio/io_context.hpp>

#include <array>
#include <chrono>
#include <cstdint>

namespace invited::server {

/// Has expiries counted, and days that are over folded a bit further: once a second, all 256 groups in one
/// pipelined batch, from one core of each server.
/// That several servers do it costs Redis a millisecond a second each and changes nothing. Used on its core's
/// thread.
class sweeper {
public:
  /// All outlive the object. `first_after` keeps servers that were started together apart.
  sweeper(boost::asio::io_context& io, store::redis::connection& redis, log_buffer& log,
          std::chrono::milliseconds first_after);

  void start();
  void stop(); ///< what is under way ends by itself

  /// How many it has counted; may be read on any thread.
  const store::tally& expired() const { return expiry_.settled(); }

private:
  static constexpr std::chrono::milliseconds period{1000};

  task<std::chrono::milliseconds> settle();
  task<std::chrono::milliseconds> fold();
  rounds::fault_observer teller(std::string_view event);

  store::redis::connection& redis_;
  store::expiry expiry_;
  store::folding folding_;
  log_buffer& log_;
  const std::chrono::milliseconds first_after_;
  std::array<task<store::result<std::uint32_t>>, store::groups> work_; ///< of a round
  rounds settling_;
  rounds folds_;
};

} // namespace invited::server
