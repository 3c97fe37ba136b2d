#pragma once

#include "store/redis/durability.hpp"
#include "store/redis/script.hpp"
#include "store/redis/url.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace invited::store::redis {

/// The most calls that leave as one script call, so that none holds Redis for longer than a millisecond.
inline constexpr std::size_t largest_batch = 32;

struct connection_settings {
  url target;
  std::string password{}; ///< empty: no AUTH
  std::string ca_file{};  ///< for rediss: the authorities (PEM) to trust; empty: the system's
  durability wanted = durability::strict;
  /// The time limit of connecting with the handshake, and of each call. A late call fails alone. If nothing
  /// at all comes for that long, or if too many replies are late, the connection is given up with all its
  /// calls.
  std::chrono::milliseconds timeout{2000};
  std::chrono::milliseconds backoff_base{50};    ///< the first reconnect comes within this time
  std::chrono::milliseconds backoff_limit{2000}; ///< every later one comes within this time at the latest
  /// How many calls of one act may leave as one script call (batcher.hpp), up to largest_batch. With 0 each
  /// is sent the moment that it is made.
  std::size_t batch = largest_batch;
  std::span<const script> scripts{}; ///< loaded at every connect; static storage
  /// What our user must be allowed to do; asked at every connect; static storage.
  std::span<const command_use> needs{};
};

/// Learns what happens to a connection, on its thread: for logs, metrics and the decision at start. It must
/// outlive the connection, and must not destroy it from within a call.
class connection_observer {
public:
  virtual ~connection_observer() = default;

  /// The connection is ready for calls. `report` has the warnings.
  virtual void connected(const durability_report& report) = 0;

  /// An attempt to connect failed, or a connection broke. A new attempt follows automatically. `why` is the
  /// system's, TLS's or the store's error; `detail` names the step or Redis's error word, never an argument.
  virtual void lost(boost::system::error_code why, std::string_view detail) = 0;

  /// Connected, but this Redis must not be used with its configuration. It is tried again automatically, with
  /// this call each time.
  virtual void unfit(const durability_report& report) = 0;

  /// A call was answered with an error; `code` is its first word, such as OOM.
  virtual void refused(std::string_view code) { static_cast<void>(code); }
};

} // namespace invited::store::redis
