#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace invited::bench {

/// A part of a run in which the rate is constant.
struct stage {
  std::chrono::nanoseconds length{};
  double rate = 0; ///< arrivals a second, above 0
};

/// One thread's share of the arrivals. Arrival n of a stage is due n / rate after the stage's start, computed
/// from n alone, so that rounding errors do not add up. Arrivals are numbered through the whole run; thread i
/// of k has i, i + k, i + 2k...
class schedule {
public:
  using duration = std::chrono::nanoseconds;

  /// The stages come one after the other, without a pause. A stage that is not empty has its first arrival at
  /// its start.
  schedule(const std::vector<stage>& stages, std::uint64_t thread, std::uint64_t threads);

  /// When the next arrival is due, counted from the start; nothing if there are no more.
  std::optional<duration> take();

  /// Ends the schedule: it drops arrivals due at `when` or later.
  void cut(duration when);

  /// The number, in the whole run, of the arrival that take() returned last.
  std::uint64_t taken() const noexcept { return next_ - step_; }

private:
  struct part {
    duration start;
    double rate;
    std::uint64_t first, end; ///< numbers of its arrivals
  };

  std::vector<part> parts_{};
  std::size_t at_ = 0;
  duration end_{};
  std::uint64_t next_, step_;
};

/// How many arrivals a stage has, in all threads.
std::uint64_t arrivals_of(const stage& s);

} // namespace invited::bench
