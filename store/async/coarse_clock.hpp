#pragma once

#include <chrono>
#include <ctime>

namespace invited {

/// std::chrono::steady_clock as of the kernel's last tick, up to 10 ms ago: for limits and deadlines of
/// seconds, which need no better. It is read without asking the hardware, which a virtual machine does
/// several times a request otherwise.
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
