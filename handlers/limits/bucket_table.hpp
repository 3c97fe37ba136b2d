#pragma once

#include "store/invites/invites.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace invited::handlers {

/// Token buckets in fixed memory (2 MiB): GCRA, `per_second` units with bursts of `burst`. One object for all
/// cores; no lock and no allocation: a table of atomic arrival times. A bucket is named by a hash. Two names
/// may share a bucket, one pair in 262,144. The hash must have a random key, so that nobody can choose a
/// bucket.
class bucket_table {
public:
  using clock = std::chrono::steady_clock;
  using wait = std::optional<std::chrono::microseconds>; ///< nothing: there was enough

  bucket_table(double per_second, std::uint32_t burst);

  /// Takes `units`, at most a burst of them. If there are too few, returns how long until there are enough.
  wait take(std::uint64_t name, std::uint32_t units, clock::time_point now);

  /// The same, but takes no units.
  wait peek(std::uint64_t name, std::uint32_t units, clock::time_point now) const;

  /// Gives back units that were taken and not used.
  void give_back(std::uint64_t name, std::uint32_t units);

  /// The state of the bucket, for the RateLimit fields.
  store::bucket state(std::uint64_t name, clock::time_point now) const;

  store::rate policy() const { return policy_; }

private:
  static constexpr std::size_t slots = std::size_t{1} << 18;

  std::atomic<std::int64_t>& at(std::uint64_t name) const { return arrival_us_[name & (slots - 1)]; }
  std::int64_t cost(std::uint32_t units) const;

  store::rate policy_;
  std::int64_t interval_us_;
  std::int64_t limit_us_;
  std::unique_ptr<std::atomic<std::int64_t>[]>
      arrival_us_; ///< theoretical arrival time of the next unit's use
};

} // namespace invited::handlers
