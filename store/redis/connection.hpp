#pragma once

#include "store/async/task.hpp"
#include "store/async/turn.hpp"
#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/redis/connection_settings.hpp"
#include "store/redis/script_call.hpp"
#include "store/redis/traffic.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>
#include <span>
#include <string_view>

namespace invited::store::redis {

/// One connection to Redis that keeps itself alive. The calls of one turn of the loop leave in one write, and
/// their replies resume the callers inline from the read. While it is not ready, every call fails at once
/// with errc::unavailable. It never sends anything a second time by itself. For one thread, that of the
/// executor's io_context; no locks.
class connection {
public:
  using executor_type = boost::asio::io_context::executor_type;

  /// Throws boost::system::system_error when TLS cannot be set up (ca_file). `random` seeds the jitter and is
  /// used only now. `end_of_turn` is the loop's, and must outlive the connection: what the calls of one turn
  /// send leaves there.
  connection(executor_type executor, turn& end_of_turn, connection_settings settings,
             connection_observer& observer, entropy& random);

  /// Stops without resuming any caller. A coroutine that still waits for a reply is not resumed; its owner
  /// must destroy it.
  ~connection();
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  /// Connects, and reconnects with exponential backoff and full jitter until stop(). Once only.
  void start();

  /// Closes for good. Calls in flight complete before it returns, with errc::unavailable or errc::unanswered.
  void stop();

  /// Sends a command. To be awaited. `args` and what they point to are read before the first suspension only.
  /// Errors: unavailable (nothing was sent), unanswered (it may have happened), refused (Redis's error:
  /// nothing has happened).
  call execute(std::span<const std::string_view> args) { return {*link_, nullptr, {}, args}; }

  /// Runs a script by its SHA1. If Redis does not know it (nothing ran), it is run once more by its source.
  /// To be awaited. `s`, `keys` and `args` and what they point to must live until the call is done. Errors as
  /// of execute().
  call run(const script& s, std::span<const std::string_view> keys, std::span<const std::string_view> args) {
    return {*link_, &s, keys, args};
  }

  /// The same. `made` must live until the call is done. It is called before the first suspension, and again
  /// only if Redis does not know the script.
  call run(const script& s, const script_arguments& made) { return {*link_, s, made}; }

  task<result<void>> ping();

  /// Blocks the thread until Redis has sent something, for `at_most` at the longest. Does not block if calls
  /// could leave now. Call it before taking in more requests: they could not go on to Redis before it has
  /// answered, and taking them in one by one costs half a dozen system calls a round.
  void wait_while_full(std::chrono::microseconds at_most) noexcept;

  bool ready() const noexcept;

  /// The object given to the constructor.
  turn& end_of_turn() const noexcept;

  /// As in the settings.
  std::size_t batch() const noexcept;

  /// Empty when ready; otherwise a sentence for the operator that names unsafe settings. Valid until the
  /// state changes.
  std::string_view why_not_ready() const noexcept;

  /// Counts of what has passed. Lives as long as this object, and may be read on any thread.
  const traffic& counts() const noexcept;

private:
  std::shared_ptr<link> link_; ///< outlives this object while handlers of its socket are under way
};

} // namespace invited::store::redis
