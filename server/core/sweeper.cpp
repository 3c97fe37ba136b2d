#include "server/core/sweeper.hpp"

namespace invited::server {

sweeper::sweeper(boost::asio::io_context& io, turn& end_of_turn, store::redis::connection& redis,
                 log_buffer& log, std::chrono::milliseconds first_after)
    : turn_(end_of_turn),
      redis_(redis),
      expiry_(redis),
      folding_(redis),
      log_(log),
      first_after_(first_after),
      timer_(io.get_executor()) {}

void sweeper::start() {
  wait(first_after_);
}

void sweeper::stop() {
  stopped_ = true;
  timer_.cancel();
}

void sweeper::wait(std::chrono::milliseconds time) {
  timer_.expires_after(time);
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled && !stopped_) sweep();
  });
}

void sweeper::sweep() {
  if (!redis_.ready()) return wait(period); // what is due stays due
  const turn::scope one_write(turn_);
  running_ = 1; // ourselves, so that it is not over before all are started
  for (std::size_t g = 0; g < store::groups; ++g) {
    work_[g] = expiry_.settle(static_cast<store::group>(g));
    if (!work_[g].start(ended, this)) ++running_;
  }
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  folds_ = folding_.step(std::chrono::floor<std::chrono::days>(since_1970).count());
  if (!folds_.start(ended, this)) ++running_;
  one_ended();
}

void sweeper::ended(void* self) {
  static_cast<sweeper*>(self)->one_ended();
}

void sweeper::one_ended() {
  if (--running_ > 0) return;
  report();
  if (!stopped_) wait(period);
}

/// Errors of the connection are told by whoever watches it; here only what must not be.
void sweeper::report() {
  try {
    const store::result<void> folded = folds_.take();
    if (!folded && folded.error() == store::errc::unexpected)
      log_.event(log_level::error, "fold_failed", {{"detail", folded.error().message()}});
  } catch (const std::exception& e) {
    log_.event(log_level::error, "fold_failed", {{"detail", e.what()}});
  }
  for (const auto& work : work_) {
    try {
      const store::result<std::uint32_t> settled = work.take();
      if (settled || settled.error() != store::errc::unexpected) continue;
      log_.event(log_level::error, "sweep_failed", {{"detail", settled.error().message()}});
    } catch (const std::exception& e) { // out of memory: in a second again
      log_.event(log_level::error, "sweep_failed", {{"detail", e.what()}});
    }
    return;
  }
}

} // namespace invited::server
