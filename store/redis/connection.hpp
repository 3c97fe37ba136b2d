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
  std::string
      ca_file{}; ///< for rediss: trust these authorities (PEM) instead of the system's; empty: the system's
  durability wanted = durability::strict;
  /// For connecting with handshake, and for each call: a late one fails by itself. Where nothing at all comes
  /// for that long, or too many replies come late, the connection is given up, and all its calls with it.
  std::chrono::milliseconds timeout{2000};
  std::chrono::milliseconds backoff_base{50};    ///< the first reconnect comes within this
  std::chrono::milliseconds backoff_limit{2000}; ///< and every later one within this at the latest
  std::span<const script> scripts{};             ///< loaded at every connect; static storage
  std::span<const command_use> needs{}; ///< what our user must be allowed: asked for as often; the same
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

/// Keys and arguments of a script's call that are made when it is written, and made again where it is written
/// again. What the caller would else have to keep while he waits is a kilobyte, and with many who wait it
/// pushes what is needed out of the cache.
class script_arguments {
public:
  /// Calls to.write(), once.
  virtual void write_to(script_writer& to) const = 0;

protected:
  ~script_arguments() = default;
};

/// One call in flight, made by `connection` and awaited at once; it lives in its caller's frame, so a call
/// allocates nothing. Destroyed while it waits (with the caller's frame), it gives up its reply, which will
/// be swallowed: the call may or may not have happened.
class [[nodiscard]] call final : private operation {
public:
  using strings = std::span<const std::string_view>;

  /// Null `run`: `args` is the whole command. All of it is viewed.
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
  const script_arguments* made_ = nullptr; ///< null: they are keys_ and args_
  strings keys_{};
  strings args_{};
  std::coroutine_handle<> caller_{}; ///< null: nobody waits
  bool by_source_ = false;
  result<reply> answer_{};
};

/// One connection to Redis that keeps itself alive. Calls of one turn of the loop leave in one write; their
/// replies resume the callers inline from the read. While it is not ready, every call fails at once with
/// errc::unavailable. Nothing is ever sent a second time by itself. For one thread: that of the executor's
/// io_context; no locks.
class connection {
public:
  using executor_type = boost::asio::io_context::executor_type;

  /// Throws boost::system::system_error when TLS cannot be set up (ca_file). `random` seeds the jitter, now
  /// only.
  /// `end_of_turn` is the loop's and outlives the connection: what calls of one turn send leaves there.
  connection(executor_type executor, turn& end_of_turn, connection_settings settings,
             connection_observer& observer, entropy& random);

  /// Stops without resuming anybody: whoever still waits for a reply waits for ever, until its owner destroys
  /// it.
  ~connection();
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  /// Connects, and reconnects with exponential backoff and full jitter until stop(). Once only.
  void start();

  /// Closes for good. Calls in flight complete before it returns, with errc::unavailable or errc::unanswered.
  void stop();

  /// To be awaited: sends a command. `args` and what they point to are read before the first suspension only.
  /// Errors: unavailable (nothing was sent), unanswered (it may have happened), refused (Redis's error:
  /// nothing has happened).
  call execute(std::span<const std::string_view> args) { return {*link_, nullptr, {}, args}; }

  /// To be awaited: runs a script by its SHA1 and, where Redis does not know it (nothing ran), once more by
  /// its source. `s`, `keys` and `args` and what they point to must live until the call is done. Errors as of
  /// execute().
  call run(const script& s, std::span<const std::string_view> keys, std::span<const std::string_view> args) {
    return {*link_, &s, keys, args};
  }

  /// The same. `made` must live until the call is done; it is asked before the first suspension, and later
  /// only where Redis does not know the script.
  call run(const script& s, const script_arguments& made) { return {*link_, s, made}; }

  task<result<void>> ping();

  /// Blocks the thread, `at_most`, until Redis has sent something; not at all where calls could leave now.
  /// For whoever is about to take in more requests: before Redis has answered they could not go on to it, and
  /// taken in by ones and twos as they come each round costs half a dozen system calls.
  void wait_while_full(std::chrono::microseconds at_most) noexcept;

  bool ready() const noexcept;

  /// The loop's, given to the constructor.
  turn& end_of_turn() const noexcept;

  /// Empty when ready; else a sentence for the operator, which names unsafe settings. Valid until the state
  /// changes.
  std::string_view why_not_ready() const noexcept;

  /// What has passed; lives as long as this, and may be read on any thread.
  const traffic& counts() const noexcept;

private:
  std::shared_ptr<link> link_; ///< outlives us while handlers of its socket are under way
};

} // namespace invited::store::redis
