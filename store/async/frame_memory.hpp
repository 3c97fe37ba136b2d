#pragma once

#include <cstddef>

namespace invited::detail {

/// Memory for coroutine frames, taken and given back several times a request: from lists of this thread, one
/// for each size. A frame must be freed on the thread that made it. Bounded: what a burst left over goes back
/// to the heap. With AddressSanitizer always the heap, so that it sees every use after free.
void* allocate_frame(std::size_t size);
void free_frame(void* frame, std::size_t size) noexcept;

} // namespace invited::detail
