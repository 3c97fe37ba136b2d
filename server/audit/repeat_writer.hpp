#pragma once

#include "server/log/log_buffer.hpp"
#include "server/loop/rounds.hpp"

#include "store/async/task.hpp"
#include "store/audit/audit_digest.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>

namespace invited::server {

/// Writes one core's counts of audit events when their minute is over, and all of them at a clean stop. Used
/// on that core's thread.
class repeat_writer {
public:
  /// The references must outlive the object.
  repeat_writer(boost::asio::io_context& io, store::audit_digest& digest, log_buffer& log);

  void start() { rounds_.start(period); }

  /// Calls `stopped` when all counts are written or cannot be written. The Redis connection must stay until
  /// then. Call it once.
  void stop(std::function<void()> stopped);

private:
  static constexpr std::chrono::seconds period{1};

  task<std::chrono::milliseconds> round();
  static void ended(void* self) { static_cast<repeat_writer*>(self)->end(); }
  void finish();
  void end();

  store::audit_digest& digest_;
  log_buffer& log_;
  rounds rounds_;
  task<void> last_;
  std::function<void()> stopped_;
};

} // namespace invited::server
