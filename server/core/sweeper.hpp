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

/// Counts expiries, and folds past days a bit further: once a second, for all 256 groups in one pipelined
/// batch, on one core of each server. If several servers do it, each costs Redis a millisecond a second; the
/// counts stay the same. Used on its core's thread.
class sweeper {
public:
  /// All references must outlive the object. `first_after` is for servers started together, so that they do
  /// not work at the same moment.
  sweeper(boost::asio::io_context& io, store::redis::connection& redis, log_buffer& log,
          std::chrono::milliseconds first_after);

  void start();
  void stop(); ///< a round under way still ends

  /// How many expiries it has counted. May be read on any thread.
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
