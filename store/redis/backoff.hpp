#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace invited::store::redis {

/// How long to wait before the next attempt: exponential with full jitter, so that servers that lost the same
/// Redis do not all come back at the same moment. Pure.
class backoff {
public:
  backoff(std::chrono::milliseconds base, std::chrono::milliseconds limit, std::uint32_t seed);

  /// A random time between 0 and min(limit, base * 2^n) after n calls since reset().
  std::chrono::milliseconds next();
  void reset() noexcept { tries_ = 0; }

private:
  std::chrono::milliseconds base_;
  std::chrono::milliseconds limit_;
  std::minstd_rand engine_;
  unsigned tries_ = 0;
};

} // namespace invited::store::redis
