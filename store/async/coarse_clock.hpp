#pragma once

#include <chrono>
#include <ctime>

namespace invited {

/// std::chrono::steady_clock as of the kernel's last tick, up to 10 ms ago. It is precise enough for limits
/// and deadlines of seconds. Reading it does not ask the hardware; steady_clock does on a virtual machine,
/// several times a request.
struct coarse_clock {
  using duration = std::chrono::steady_clock::duration;
  using time_point = std::chrono::steady_clock::time_point;

  static time_point now() noexcept {
    std::timespec t{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return time_point(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
  }
};

} // namespace invited
