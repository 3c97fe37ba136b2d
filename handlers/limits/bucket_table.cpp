#include "handlers/limits/bucket_table.hpp"

#include <algorithm>
#include <cmath>

namespace invited::handlers {
namespace {

std::int64_t microseconds(bucket_table::clock::time_point at) {
  return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
}

} // namespace

bucket_table::bucket_table(double per_second, std::uint32_t burst)
    : policy_{per_second, burst},
      interval_us_(std::max<std::int64_t>(1, std::llround(1e6 / per_second))),
      limit_us_(interval_us_ * burst),
      arrival_us_(new std::atomic<std::int64_t>[slots]()) {}

/// At most a burst, because there are never more units than that.
std::int64_t bucket_table::cost(std::uint32_t units) const {
  return std::min(interval_us_ * units, limit_us_);
}

bucket_table::wait bucket_table::take(std::uint64_t name, std::uint32_t units, clock::time_point now) {
  const std::int64_t from = microseconds(now);
  std::atomic<std::int64_t>& slot = at(name);
  std::int64_t seen = slot.load(std::memory_order_relaxed);
  for (;;) {
    const std::int64_t next = std::max(seen, from) + cost(units);
    if (next - from > limit_us_) return std::chrono::microseconds(next - from - limit_us_);
    if (slot.compare_exchange_weak(seen, next, std::memory_order_relaxed)) return {};
  }
}

bucket_table::wait bucket_table::peek(std::uint64_t name, std::uint32_t units, clock::time_point now) const {
  const std::int64_t from = microseconds(now);
  const std::int64_t next = std::max(at(name).load(std::memory_order_relaxed), from) + cost(units);
  if (next - from > limit_us_) return std::chrono::microseconds(next - from - limit_us_);
  return {};
}

void bucket_table::give_back(std::uint64_t name, std::uint32_t units) {
  at(name).fetch_sub(cost(units), std::memory_order_relaxed);
}

store::bucket bucket_table::state(std::uint64_t name, clock::time_point now) const {
  const std::int64_t ahead =
      std::max<std::int64_t>(0, at(name).load(std::memory_order_relaxed) - microseconds(now));
  return {.burst = policy_.burst,
          .left = static_cast<std::uint32_t>((limit_us_ - std::min(ahead, limit_us_)) / interval_us_),
          .full_in = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::microseconds(ahead))};
}

} // namespace invited::handlers
