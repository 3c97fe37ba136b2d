#include "store/redis/link.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/endian/conversion.hpp>

#include <exception>

namespace invited::store::redis {

namespace asio = boost::asio;
using boost::system::error_code;
using clock = std::chrono::steady_clock;

namespace {

std::uint32_t draw_seed(entropy& random) {
  std::array<std::uint8_t, 4> bytes{};
  random.fill(bytes);
  return boost::endian::load_big_u32(bytes.data());
}

} // namespace

link::link(executor_type executor, turn& end_of_turn, connection_settings settings,
           connection_observer& observer, entropy& random)
    : executor_(executor),
      turn_(end_of_turn),
      settings_(std::move(settings)),
      observer_(observer),
      backoff_(settings_.backoff_base, settings_.backoff_limit, draw_seed(random)),
      tick_(executor),
      event_(executor) {
  if (settings_.target.via == url::transport::tls) tls_.emplace(make_tls_context(settings_.ca_file));
}

void link::start() {
  if (state_ != state::idle) return;
  state_ = state::waiting;
  const auto rethrow = [](std::exception_ptr e) {
    if (e) std::rethrow_exception(e);
  };
  asio::co_spawn(executor_, live(), rethrow);
}

void link::stop() {
  if (state_ == state::stopped) return;
  state_ = state::stopped;
  reason_ = "stopped";
  close_wire();
  pipeline_.fail();
}

void link::shut_down() noexcept {
  state_ = state::stopped;
  // Nothing is written any more, even if handlers of the socket hold this object for a while.
  turn_.withdraw(*this);
  close_wire();
  pipeline_.discard();
}

asio::awaitable<void> link::live() {
  const auto self = shared_from_this(); // the coroutine outlives the connection
  while (state_ != state::stopped) {
    co_await open();
    while (wire_) co_await wait(clock::duration::max());
    if (state_ == state::stopped) break;
    const clock::duration pause = backoff_.next();
    co_await wait(pause);
  }
}

/// Waits until the time is over or state_ has changed.
asio::awaitable<void> link::wait(clock::duration at_most) {
  event_.expires_at(at_most == clock::duration::max() ? time_point::max() : clock::now() + at_most);
  error_code cancelled;
  co_await event_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

/// Connects and sends the handshake; settle() decides when it is answered.
asio::awaitable<void> link::open() {
  state_ = state::connecting;
  if (reason_ == "not started") reason_ = "connecting";
  opened_ = std::chrono::steady_clock::now();
  const auto w =
      std::make_shared<wire>(shared_from_this(), executor_, settings_.target, tls_ ? &*tls_ : nullptr);
  wire_ = w;
  arm_tick();
  const error_code ec = co_await w->socket.connect(settings_.target);
  if (wire_ != w) co_return; // timed out or stopped meanwhile
  if (ec) {
    drop(ec, "connect");
    co_return;
  }
  greet();
}

void link::greet() {
  state_ = state::greeting;
  handshake_.emplace(settings_);
  greeters_.assign(handshake_->size(), {});
  for (std::size_t i = 0; i < greeters_.size(); ++i) {
    greeters_[i].owner = this;
    greeters_[i].index = i;
    handshake_->encode(i, pipeline_.encoder());
    pipeline_.push(greeters_[i], opened_);
  }
  flush();
  read();
}

void link::greeted(std::size_t i, error_code ec, const reply& r) {
  if (ec) return; // drop() is under way
  handshake_->take(i, r);
  // An error is final at once: Redis may close after it without answering the rest.
  if (handshake_->error() || i + 1 == greeters_.size()) settle();
}

/// The handshake is over: serve, or give this Redis up for now.
void link::settle() {
  if (state_ != state::greeting) return;
  if (handshake_->error()) return drop(handshake_->error(), handshake_->detail());
  const durability_report report = judge(handshake_->facts(), settings_.wanted);
  if (!report.fit()) {
    reason_ = to_string(report.violations);
    state_ = state::waiting;
    close_wire();
    pipeline_.fail();
    return observer_.unfit(report);
  }
  state_ = state::ready;
  reason_.clear();
  ready_at_ = clock::now();
  ++counts_.connects;
  observer_.connected(report);
}

void link::refused(std::string_view code) {
  if (state_ != state::ready && state_ != state::draining) return;
  observer_.refused(code);
  if (state_ != state::ready || (code != "READONLY" && code != "LOADING" && code != "MASTERDOWN")) return;
  state_ = state::draining;
  reason_.assign("Redis answers ").append(code);
}

void link::drop(error_code why, std::string detail) {
  if (!wire_) return;
  ++counts_.losses;
  // A connection that is lost soon after it came does not start again with short pauses.
  if (state_ == state::ready && clock::now() - ready_at_ >= settings_.backoff_limit) backoff_.reset();
  state_ = state::waiting;
  reason_ = detail + ": " + why.message();
  close_wire();
  pipeline_.fail(); // may stop us
  if (state_ != state::stopped) observer_.lost(why, detail);
}

void link::close_wire() noexcept {
  if (wire_) wire_->socket.close();
  wire_.reset();
  tick_.cancel();
  event_.cancel();
}

} // namespace invited::store::redis
