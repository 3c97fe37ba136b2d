#pragma once

#include "store/async/task.hpp"
#include "store/async/turn.hpp"
#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/redis/durability.hpp"
#include "store/redis/pipeline.hpp"
#include "store/redis/reply.hpp"
#include "store/redis/script.hpp"
#include "store/redis/traffic.hpp"
#include "store/redis/url.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <coroutine>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace invited::store::redis {

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
  std::span<const script> scripts{};             ///< loaded at every connect; static storage
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

class link;

/// Writes the call of a script: by its SHA1, or by its source where Redis does not know it.
class script_writer {
public:
  using strings = std::span<const std::string_view>;

  script_writer(resp_writer out, const script& s, bool by_source) noexcept
      : out_(out), script_(s), by_source_(by_source) {}

  void write(strings keys, strings args);

private:
  resp_writer out_;
  const script& script_;
  bool by_source_;
};

/// Keys and arguments of a script's call that are made when the call is written, and made again if it is
/// written again. Otherwise each caller would have to keep a kilobyte while it waits, and with many waiting
/// callers this pushes needed memory out of the cache.
class script_arguments {
public:
  /// Calls to.write(), once.
  virtual void write_to(script_writer& to) const = 0;

protected:
  ~script_arguments() = default;
};

/// One call in flight, made by `connection` and awaited at once. It lives in its caller's frame, so a call
/// allocates nothing. If it is destroyed while it waits (with the caller's frame), its reply will be dropped:
/// the call may or may not have happened.
class [[nodiscard]] call final : private operation {
public:
  using strings = std::span<const std::string_view>;

  /// If `run` is null, `args` is the whole command. All arguments are views.
  call(link& to, const script* run, strings keys, strings args) noexcept
      : link_(to), script_(run), keys_(keys), args_(args) {}
  call(link& to, const script& run, const script_arguments& made) noexcept
      : link_(to), script_(&run), made_(&made) {}
  ~call();
  call(const call&) = delete;
  call& operator=(const call&) = delete;

  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> caller);
  result<reply> await_resume() noexcept { return std::move(answer_); }

private:
  bool send(bool by_source);
  void encode(resp_writer out, bool by_source) const;
  void fail(boost::system::error_code ec);
  void finish(boost::system::error_code ec);
  void resume();
  void complete(boost::system::error_code ec, reply&& r) override;
  void discard() noexcept override { caller_ = nullptr; }

  link& link_;
  const script* script_;
  const script_arguments* made_ = nullptr; ///< null: keys_ and args_ are used
  strings keys_{};
  strings args_{};
  std::coroutine_handle<> caller_{}; ///< null: no caller waits
  bool by_source_ = false;
  result<reply> answer_{};
};

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

  /// Empty when ready; otherwise a sentence for the operator that names unsafe settings. Valid until the
  /// state changes.
  std::string_view why_not_ready() const noexcept;

  /// Counts of what has passed. Lives as long as this object, and may be read on any thread.
  const traffic& counts() const noexcept;

private:
  std::shared_ptr<link> link_; ///< outlives this object while handlers of its socket are under way
};

} // namespace invited::store::redis
