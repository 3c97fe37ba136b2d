#pragma once

#include "server/config/configuration.hpp"
#include "server/core/core.hpp"
#include "server/core/shared_state.hpp"
#include "server/log/event_log.hpp"
#include "server/log/log_sink.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace invited::server {

/// The whole server. It builds everything in the order of its dependencies, runs one core on each thread, and
/// ends them again. Used by one thread, except stop().
class app {
public:
  /// Opens keys and doors. If something is wrong with them, it throws std::runtime_error with a sentence for
  /// the operator. `log` must outlive the object.
  app(configuration given, log_sink& log);
  ~app();
  app(const app&) = delete;
  app& operator=(const app&) = delete;

  /// Serves until SIGTERM, SIGINT or stop(), then lets running requests finish (--shutdown-timeout). SIGHUP
  /// reads the key file again. Returns the exit status: 0, or 1 if Redis was found unfit before it was ever
  /// fit.
  int run();

  /// From any thread: makes run() end in the usual way.
  void stop();

  std::uint16_t port() const { return port_; }             ///< useful if port 0 was asked for
  std::uint16_t admin_port() const { return admin_port_; } ///< 0: there is none

private:
  void open_doors();
  void wait_for_signal();
  void reload_keys();
  void judged(bool fit);
  void shut_down();
  void give_up_later();

  const options options_;
  log_sink& sink_;
  event_log log_;
  std::atomic<bool> judged_before_{false};
  std::atomic<int> status_{0};
  std::unique_ptr<shared_state> shared_;
  std::vector<std::unique_ptr<core>> cores_;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;

  boost::asio::io_context io_{1}; ///< for signals and the deadline of the shutdown
  boost::asio::signal_set signals_{io_};
  boost::asio::steady_timer cut_{io_};
  bool shutting_down_ = false;
};

} // namespace invited::server
