#pragma once

#include <atomic>
#include <cstdint>

namespace invited::store {

/// Counts what one thread does; any thread may read it. Counting is a plain addition in memory: with a single
/// writer it needs no locked instruction. It is relaxed, so it orders nothing.
class tally {
public:
  void add(std::uint64_t n) noexcept {
    count_.store(count_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  tally& operator++() noexcept {
    add(1);
    return *this;
  }
  operator std::uint64_t() const noexcept { return count_.load(std::memory_order_relaxed); }

private:
  std::atomic<std::uint64_t> count_{0};
};

} // namespace invited::store
