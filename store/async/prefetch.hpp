#pragma once

#include <cstddef>
#include <cstdint>

namespace invited {

inline constexpr std::size_t cache_line = 64; ///< bytes, of x86-64 and nearly all of ARM

/// Makes the processor fetch the first `bytes` at `what` while it does other work, because they are about to
/// be read and written. Between two steps of a request, the other requests of its batch push its memory out
/// of the cache, and a line from farther away costs as much as a hundred instructions. This is only a hint:
/// the memory is not looked at, and `what` may be null or freed. Call it beside real work: g++ sees no effect
/// in a function that gives only hints, and drops the calls of it.
inline void prefetch(const void* what, std::size_t bytes = 512) noexcept {
  constexpr int to_write = 1;
  // A pointer may not leave its object; a number may.
  const auto from = reinterpret_cast<std::uintptr_t>(what);
  for (std::size_t i = 0; i < bytes; i += cache_line)
    __builtin_prefetch(reinterpret_cast<const void*>(from + i), to_write);
}

} // namespace invited
