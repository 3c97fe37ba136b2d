#pragma once

#include "server/audit/audit_counters.hpp"
#include "server/audit/audit_exporter.hpp"
#include "server/audit/audit_file.hpp"
#include "server/audit/audit_trimmer.hpp"
#include "server/audit/audit_writer.hpp"
#include "server/log/log_buffer.hpp"

#include "store/audit/audit_buffer.hpp"
#include "store/base/entropy.hpp"
#include "store/crypto/key_ring.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace invited::server {

/// Everything that one core of a server does for the audit besides writing events: it trims the audit in
/// Redis and, if there is an audit file, exports it. Used on that core's thread.
class audit_keeper {
public:
  struct settings {
    audit_retention keep;                        ///< how long the audit stays in Redis
    std::optional<audit_file> file;              ///< none: nothing is exported
    std::shared_ptr<const store::key_ring> keys; ///< they open the sealed actors
    /// So that servers started together do not work at the same moment.
    std::chrono::milliseconds first_after;
  };

  /// The references must outlive the object. `random` is used only now.
  audit_keeper(boost::asio::io_context& io, store::redis::connection& redis, log_buffer& log,
               store::entropy& random, audit_counters& counts, settings wanted);

  void start();

  /// Calls `stopped` when everything on disk is acknowledged. The Redis connection must stay until then. Call
  /// it once, after start().
  void stop(std::function<void()> stopped);

  void load_keys(std::shared_ptr<const store::key_ring> keys);

  /// The audit in Redis, over the same connection.
  store::audit_buffer& buffer() { return buffer_; }

private:
  const std::chrono::milliseconds first_after_;
  store::audit_buffer buffer_;
  audit_trimmer trimmer_;
  std::optional<audit_exporter> exporter_;
  /// The last member: its thread ends before the members that it uses are destroyed.
  std::unique_ptr<audit_writer> writer_;
};

} // namespace invited::server
