#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace invited::bench {

/// One thread's share of arrivals at a constant rate. Arrival n of the whole run is due n / rate after its
/// start, computed from n alone, so that rounding errors do not add up; thread i of k has the arrivals i, i +
/// k, i + 2k...
class schedule {
public:
  using duration = std::chrono::nanoseconds;

  /// `rate` is arrivals a second of the whole run, above 0. `length` is how long arrivals go on.
  schedule(double rate, duration length, std::uint64_t thread, std::uint64_t threads)
      : rate_(rate), length_(length), next_(thread), step_(threads) {}

  /// When the next arrival is due, counted from the start; nothing if there are no more.
  std::optional<duration> take();

  /// Ends the schedule: it drops arrivals due at `when` or later.
  void cut(duration when);

  /// The number, in the whole run, of the arrival that take() returned last.
  std::uint64_t taken() const noexcept { return next_ - step_; }

private:
  double rate_;
  duration length_;
  std::uint64_t next_, step_;
};

} // namespace invited::bench
