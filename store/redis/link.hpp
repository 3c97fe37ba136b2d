#pragma once

#include "store/async/turn.hpp"
#include "store/base/entropy.hpp"
#include "store/redis/backoff.hpp"
#include "store/redis/connection_settings.hpp"
#include "store/redis/handshake.hpp"
#include "store/redis/pipeline.hpp"
#include "store/redis/stream.hpp"
#include "store/redis/traffic.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace invited::store::redis {

/// The life of a connection: connect, do the handshake, serve, lose it, wait, begin again. `connection` hides
/// it, so that no other file compiles sockets and TLS. It is shared, because handlers of the socket return
/// after the connection is gone.
class link final : public std::enable_shared_from_this<link>, private turn::job {
public:
  using executor_type = boost::asio::io_context::executor_type;

  link(executor_type executor, turn& end_of_turn, connection_settings settings, connection_observer& observer,
       entropy& random);

  void start();
  void stop();               ///< completes everything in flight
  void shut_down() noexcept; ///< completes nothing; see ~connection

  /// Encodes a command by `encode(resp_writer)` and queues it for the write of the loop's turn. False if it
  /// is not ready or is full: then nothing was encoded, and `op` is not kept.
  template <class Encode>
  bool send(operation& op, Encode&& encode) {
    if (state_ != state::ready || !pipeline_.accepts()) return false;
    encode(pipeline_.encoder());
    enqueue(op);
    return true;
  }

  void abandon(operation& op) noexcept { pipeline_.abandon(op); }

  /// A call was answered with the error `code`. If the error says that this Redis takes no writes now, the
  /// connection ends as soon as everything sent is answered.
  void refused(std::string_view code);

  /// See connection.
  void wait_while_full(std::chrono::microseconds at_most) noexcept {
    if (wire_ && pipeline_.full()) wire_->socket.wait_to_read(at_most);
  }

  bool ready() const noexcept { return state_ == state::ready; }
  std::string_view why_not_ready() const noexcept { return ready() ? std::string_view{} : reason_; }
  turn& end_of_turn() const noexcept { return turn_; }
  std::size_t batch() const noexcept { return settings_.batch; }
  executor_type executor() const noexcept { return executor_; }
  traffic& counts() noexcept { return counts_; }

private:
  using timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                        boost::asio::wait_traits<std::chrono::steady_clock>, executor_type>;

  enum class state { idle, connecting, greeting, ready, draining, waiting, stopped };

  /// One connected socket, with buffers that the kernel may still touch after we have given it up. Its
  /// handlers hold it and compare it with wire_: the handlers of an old one do nothing.
  struct wire {
    wire(std::shared_ptr<link> l, executor_type ex, const url& target, boost::asio::ssl::context* tls)
        : owner(std::move(l)), socket(ex, target, tls) {}

    std::shared_ptr<link> owner; ///< a cycle until drop()
    stream socket;
    std::string out;
    std::array<char, 32 * 1024> in{};
    bool writing = false;
  };

  /// Passes the handshake's replies on.
  struct greeter final : operation {
    void complete(boost::system::error_code ec, reply&& r) override { owner->greeted(index, ec, r); }
    void discard() noexcept override {}

    link* owner = nullptr;
    std::size_t index = 0;
  };

  boost::asio::awaitable<void> live();
  boost::asio::awaitable<void> open();
  boost::asio::awaitable<void> wait(std::chrono::steady_clock::duration at_most);

  void greet();
  void greeted(std::size_t i, boost::system::error_code ec, const reply& r);
  void settle();

  void enqueue(operation& op);
  void at_end_of_turn() override { flush(); }
  void flush();
  void read();
  void on_written(const std::shared_ptr<wire>& w, boost::system::error_code ec);
  void on_read(const std::shared_ptr<wire>& w, boost::system::error_code ec, std::size_t n);

  void arm_tick();
  void on_tick();
  void expire_calls(time_point before);

  /// Gives the connection up, if there is one. Everything in flight completes.
  void drop(boost::system::error_code why, std::string detail);
  void close_wire() noexcept;

  executor_type executor_;
  turn& turn_;
  const connection_settings settings_;
  connection_observer& observer_; ///< not called after the stop
  std::optional<boost::asio::ssl::context> tls_;
  backoff backoff_;

  state state_ = state::idle;
  std::string reason_ = "not started";
  std::shared_ptr<wire> wire_; ///< the socket in use, or null
  pipeline pipeline_;
  traffic counts_;

  std::optional<handshake> handshake_;
  std::vector<greeter> greeters_;

  timer tick_; ///< the one timer for all deadlines
  bool ticking_ = false;
  timer event_;         ///< wakes live(); cancelled whenever state_ changes
  time_point opened_;   ///< when connecting began
  time_point heard_;    ///< when Redis last sent something
  time_point ready_at_; ///< when it became ready for calls
};

} // namespace invited::store::redis
