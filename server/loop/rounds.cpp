#include "server/loop/rounds.hpp"

#include <exception>
#include <utility>

namespace invited::server {

void rounds::stop(std::function<void()> stopped) {
  stopping_ = true;
  timer_.cancel();
  if (!running_) return stopped();
  stopped_ = std::move(stopped);
}

void rounds::wait(std::chrono::milliseconds time) {
  timer_.expires_after(time);
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled && !stopping_) begin();
  });
}

void rounds::begin() {
  running_ = true;
  round_ = one_round_();
  if (round_.start(ended, this)) end();
}

void rounds::end() {
  running_ = false;
  std::chrono::milliseconds next = std::chrono::seconds(1);
  try {
    next = round_.take();
  } catch (const std::exception& e) {
    on_fault_(e.what());
  }
  if (!stopping_) return wait(next);
  if (stopped_) std::exchange(stopped_, nullptr)();
}

} // namespace invited::server
