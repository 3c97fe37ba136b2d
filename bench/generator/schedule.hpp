#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace invited::bench {

/// One thread's share of arrivals at a constant rate. Arrival n of the whole run is due n / rate after its
/// start, reckoned from n alone, so that no rounding adds up; thread i of k has the arrivals i, i + k, i +
/// 2k...
class schedule {
public:
  using duration = std::chrono::nanoseconds;

  /// `rate` is the whole run's, a second, and above 0; `length` how long arrivals go on.
  schedule(double rate, duration length, std::uint64_t thread, std::uint64_t threads)
      : rate_(rate), length_(length), next_(thread), step_(threads) {}

  /// When the next arrival is due, counted from the start; nothing when there are no more.
  std::optional<duration> take();

  /// Ends it: arrivals due at `when` or later are no more.
  void cut(duration when);

  /// The number of take()'s last arrival in the whole run.
  std::uint64_t taken() const noexcept { return next_ - step_; }

private:
  double rate_;
  duration length_;
  std::uint64_t next_, step_;
};

} // namespace invited::bench
