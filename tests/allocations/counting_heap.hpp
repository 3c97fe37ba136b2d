#pragma once

#include <cstdint>

namespace invited::test {

/// How often this process has asked the heap for memory in any way (malloc, calloc, realloc, new), on threads
/// that count. The executable that links this has its own malloc, which counts and then calls glibc's. So it
/// cannot be built with a sanitizer, which has a malloc of its own.
std::uint64_t allocations() noexcept;

/// Whether the calls of this thread are counted. At first they are.
void count_this_thread(bool counted) noexcept;

} // namespace invited::test
