#pragma once

#include <atomic>
#include <cstdint>

namespace invited::handlers {

/// What a process knows about its Redis: whether it is ready, and what is degraded although it is ready. Any
/// thread may use it. It must outlive the cores.
struct readiness {
  explicit readiness(std::uint32_t all) : cores(all) {}

  /// How many cores have a Redis that answers and may be used. A server is ready only if all cores are,
  /// because a client cannot choose its core.
  const std::uint32_t cores;
  std::atomic<std::uint32_t> connected{0};

  /// The audit in Redis is full: refusals and pages of lists are only counted and not written.
  std::atomic<bool> audit_full{false};

  /// Redis refuses calls that need memory: nothing is created or listed, but patients can still redeem.
  std::atomic<bool> out_of_memory{false};
  std::atomic<std::uint64_t> out_of_memory_refusals{0}; ///< calls that Redis refused for this reason
};

} // namespace invited::handlers
