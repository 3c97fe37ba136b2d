#pragma once

#include <cstdint>

namespace invited::test {

/// How often this process has asked the heap for memory, by whatever way (malloc, calloc, realloc, new), on
/// threads that count. The executable that links this has its own malloc, which counts and asks glibc's; so
/// it is not for builds with a sanitizer, which bring theirs.
std::uint64_t allocations() noexcept;

/// Whether the calling thread's are counted; at first they are.
void count_this_thread(bool counted) noexcept;

} // namespace invited::test
