#include "bench/generator/schedule.hpp"

#include <algorithm>

namespace invited::bench {

std::optional<schedule::duration> schedule::take() {
  // A double's 53 bits would round to 100 ns after a billion arrivals.
  const long double due = static_cast<long double>(next_) * 1e9L / static_cast<long double>(rate_);
  if (due >= static_cast<long double>(length_.count())) return std::nullopt;
  next_ += step_;
  return duration(static_cast<duration::rep>(due));
}

void schedule::cut(duration when) {
  length_ = std::min(length_, when);
}

} // namespace invited::bench
