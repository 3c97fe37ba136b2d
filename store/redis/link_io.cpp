// The hot half of link: bytes out, bytes in, and the tick. link.cpp decides when there is a connection.

#include "store/redis/link.hpp"

#include <algorithm>

namespace invited::store::redis {

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

void link::enqueue(operation& op) {
  turn_.ask(*this); // handlers that are ready now run before, and add their calls
  arm_tick();
  // Last, because all the others may find no memory, and then `op` must not be kept.
  pipeline_.push(op, std::chrono::steady_clock::now());
  ++counts_.calls;
}

void link::flush() {
  // While draining, nothing more is sent.
  if (!wire_ || wire_->writing || state_ == state::draining) return;
  if (!pipeline_.stage(wire_->out)) return;
  if (state_ == state::ready) ++counts_.batches; // not the handshake
  asio::const_buffer rest = asio::buffer(wire_->out);
  rest += wire_->socket.write_now(rest);
  if (rest.size() == 0) return;
  wire_->writing = true;
  wire_->socket.async_write(rest, [w = wire_](error_code ec, std::size_t) { w->owner->on_written(w, ec); });
}

void link::on_written(const std::shared_ptr<wire>& w, error_code ec) {
  if (w != wire_) return;
  w->writing = false;
  if (ec) return drop(ec, "write");
  flush();
}

void link::read() {
  wire_->socket.async_read_some(asio::buffer(wire_->in),
                                [w = wire_](error_code ec, std::size_t n) { w->owner->on_read(w, ec, n); });
}

void link::on_read(const std::shared_ptr<wire>& w, error_code ec, std::size_t n) {
  if (w != wire_) return;
  if (ec) return drop(ec, "read");
  heard_ = std::chrono::steady_clock::now();
  const turn::scope this_turn(turn_);
  const error_code broken = pipeline_.receive({w->in.data(), n}); // resumes callers, who may do anything
  if (w != wire_) return;
  if (pipeline_.waiting()) turn_.ask(*this); // it waited for these replies
  if (broken) return drop(broken, std::string(pipeline_.protocol_error()));
  if (state_ == state::draining && pipeline_.all_answered())
    return drop(make_error_code(errc::refused), std::string(reason_));
  read();
}

void link::arm_tick() {
  if (ticking_) return;
  ticking_ = true;
  // Coarse, because deadlines rarely pass.
  tick_.expires_after(std::clamp<std::chrono::milliseconds>(settings_.timeout / 8, 5ms, 100ms));
  tick_.async_wait([self = shared_from_this()](error_code) {
    self->ticking_ = false;
    self->on_tick();
  });
}

void link::on_tick() {
  if (!wire_) return;
  const bool opening = state_ == state::connecting || state_ == state::greeting;
  if (!opening && pipeline_.idle()) return; // the next call arms it again
  const time_point now = std::chrono::steady_clock::now();
  const time_point silent_since = opening ? opened_ : std::max(heard_, *pipeline_.oldest());
  if (now - silent_since >= settings_.timeout)
    return drop(asio::error::timed_out, opening ? "connect" : "call");
  if (!opening) expire_calls(now - settings_.timeout);
  arm_tick();
}

/// A slow Redis that still answers keeps its connection, because cutting it would fail all calls because of
/// one late call. Replies that nobody waits for are useless work, so their number is limited.
void link::expire_calls(time_point before) {
  constexpr std::size_t most_abandoned = 1000;
  const turn::scope this_turn(turn_);
  pipeline_.expire(before); // resumes callers, who may do anything
  if (pipeline_.abandoned() > most_abandoned) drop(asio::error::timed_out, "too many replies came too late");
}

} // namespace invited::store::redis
