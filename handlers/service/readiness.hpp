#pragma once

#include <atomic>
#include <cstdint>

namespace invited::handlers {

/// What a process knows of its Redis: whether it is ready, and what does not work as it should although it
/// is. Any thread; outlives the cores.
struct readiness {
  explicit readiness(std::uint32_t all) : cores(all) {}

  /// How many of the cores have a Redis that answers and may be used. A server is ready only when all are: a
  /// client cannot choose its core.
  const std::uint32_t cores;
  std::atomic<std::uint32_t> connected{0};

  /// The audit has as many entries in Redis as it may: refusals and pages of lists are counted, and not
  /// written.
  std::atomic<bool> audit_full{false};

  /// Redis refuses what needs memory: nothing is made or listed, while patients still redeem.
  std::atomic<bool> out_of_memory{false};
  std::atomic<std::uint64_t> out_of_memory_refusals{0}; ///< calls that it refused for that
};

} // namespace invited::handlers
