#pragma once

#include "store/entropy.hpp"
#include "store/errc.hpp"
#include "store/redis/durability.hpp"
#include "store/redis/reply.hpp"
#include "store/redis/url.hpp"
#include "store/script.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace invited::store::redis {

struct connection_settings {
  url target;
  std::string password{}; ///< empty: no AUTH
  std::string
      ca_file{}; ///< for rediss: trust these authorities (PEM) instead of the system's; empty: the system's
  durability wanted = durability::strict;
  std::chrono::milliseconds timeout{2000};       ///< for connecting with handshake, and for each call
  std::chrono::milliseconds backoff_base{50};    ///< the first reconnect comes within this
  std::chrono::milliseconds backoff_limit{2000}; ///< and every later one within this at the latest
  std::span<const script> scripts{};             ///< loaded at every connect; static storage
};

/// Told what happens to a connection, on its thread: for logs, metrics and the decision at start. Must
/// outlive the connection, and must not destroy it from within a call.
class connection_observer {
public:
  virtual ~connection_observer() = default;

  /// Ready for calls. `report` has the warnings.
  virtual void connected(const durability_report& report) = 0;

  /// An attempt to connect failed, or a connection broke; a new attempt follows by itself. `why` is the
  /// system's, TLS's or the store's error; `detail` names the step or Redis's error word, never an argument.
  virtual void lost(boost::system::error_code why, std::string_view detail) = 0;

  /// Connected, but this Redis must not be used as it is configured. Tried again by itself, with this call
  /// each time.
  virtual void unfit(const durability_report& report) = 0;

  /// A call was answered with an error; `code` is its first word, such as OOM.
  virtual void refused(std::string_view code) { static_cast<void>(code); }
};

class link;

/// One connection to Redis that keeps itself alive. Calls of one turn of the loop leave in one write; their
/// replies resume the callers inline from the read. While it is not ready, every call fails at once with
/// errc::unavailable. Nothing is ever sent a second time by itself. For one thread: that of the executor's
/// io_context; no locks.
class connection {
public:
  using executor_type = boost::asio::io_context::executor_type;

  /// Throws boost::system::system_error when TLS cannot be set up (ca_file). `random` seeds the jitter, now
  /// only.
  connection(executor_type executor, connection_settings settings, connection_observer& observer,
             entropy& random);

  /// Stops without resuming anybody: coroutines that still wait for a reply are destroyed.
  ~connection();
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  /// Connects, and reconnects with exponential backoff and full jitter until stop(). Once only.
  void start();

  /// Closes for good. Calls in flight complete before it returns, with errc::unavailable or errc::unanswered.
  void stop();

  /// Sends a command. `args` and what they point to are read before the first suspension only. Errors:
  /// unavailable (nothing was sent), unanswered (it may have happened), refused (Redis's error: nothing has
  /// happened). Cancelling the awaitable gives unanswered and has the reply swallowed.
  boost::asio::awaitable<result<reply>> execute(std::span<const std::string_view> args);

  /// Runs a script by its SHA1 and, where Redis does not know it (nothing ran), once more by its source. `s`,
  /// `keys` and `args` and what they point to must live until the call is done. Errors as of execute().
  boost::asio::awaitable<result<reply>> run(const script& s, std::span<const std::string_view> keys,
                                            std::span<const std::string_view> args);

  boost::asio::awaitable<result<void>> ping();

  bool ready() const noexcept;

  /// Empty when ready; else a sentence for the operator, which names unsafe settings. Valid until the state
  /// changes.
  std::string_view why_not_ready() const noexcept;

private:
  std::shared_ptr<link> link_; ///< outlives us while handlers of its socket are under way
};

} // namespace invited::store::redis
