#pragma once

#include <cstddef>
#include <cstdint>

namespace invited {

inline constexpr std::size_t cache_line = 64; ///< bytes, of x86-64 and nearly all of ARM

/// Has the processor fetch the first `bytes` at `what`, which somebody is about to read and write, while
/// there is other work. Between two of a request's steps the others of its batch push its memory out of the
/// cache, and a line from farther away costs as much as a hundred instructions. Only a hint: what is there is
/// not looked at, and `what` may be null, or gone. To be called beside real work: a function that gives
/// nothing but hints has no effect in g++'s eyes, which drops the calls of it.
inline void prefetch(const void* what, std::size_t bytes = 512) noexcept {
  constexpr int to_write = 1;
  const auto from = reinterpret_cast<std::uintptr_t>(what); // pointers may not leave their object
  for (std::size_t i = 0; i < bytes; i += cache_line)
    __builtin_prefetch(reinterpret_cast<const void*>(from + i), to_write);
}

} // namespace invited
