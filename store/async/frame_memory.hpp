#pragma once

#include <cstddef>

namespace invited::detail {

/// Memory for coroutine frames, which are made and freed several times a request. It comes from lists of this
/// thread, one for each size. A frame must be freed on the thread that made it. The lists are bounded: what a
/// burst leaves over goes back to the heap. With AddressSanitizer all memory comes from the heap, so that it
/// sees every use after free.
void* allocate_frame(std::size_t size);
void free_frame(void* frame, std::size_t size) noexcept;

} // namespace invited::detail
