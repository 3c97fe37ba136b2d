#include "handlers/http/call_tallies.hpp"

#include <algorithm>

namespace invited::handlers {

void call_tally::add(unsigned status, std::chrono::microseconds took) noexcept {
  ++statuses_[status_slots::of(status)];
  const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(0, took.count()));
  std::size_t bucket = 0; // most calls end in one of the first
  while (bucket < bounds_us.size() && us > bounds_us[bucket]) ++bucket;
  ++buckets_[bucket];
  total_us_.add(us);
}

} // namespace invited::handlers
