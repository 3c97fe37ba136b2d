#include "store/redis/backoff.hpp"

#include <algorithm>

namespace invited::store::redis {

backoff::backoff(std::chrono::milliseconds base, std::chrono::milliseconds limit, std::uint32_t seed)
    : base_(base), limit_(limit), engine_(seed) {}

std::chrono::milliseconds backoff::next() {
  constexpr unsigned most = 20; // 2^20 times any base is above any limit, and no shift overflows
  const auto ceiling = std::min(limit_, base_ * (std::int64_t{1} << std::min(tries_, most)));
  ++tries_;
  std::uniform_int_distribution<std::int64_t> any(0, std::max<std::int64_t>(ceiling.count(), 0));
  return std::chrono::milliseconds(any(engine_));
}

} // namespace invited::store::redis
