#pragma once

#include <atomic>
#include <cstdint>

namespace invited::handlers {

/// How many of the process's cores have a Redis that answers and may be used. Any thread; outlives the cores.
/// A server is ready only when all are: a client cannot choose its core.
struct readiness {
  explicit readiness(std::uint32_t all) : cores(all) {}

  const std::uint32_t cores;
  std::atomic<std::uint32_t> connected{0};
};

} // namespace invited::handlers
