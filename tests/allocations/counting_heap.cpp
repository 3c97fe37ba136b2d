#include "tests/allocations/counting_heap.hpp"

#include <atomic>
#include <cstddef>

namespace invited::test {
namespace {

std::atomic<std::uint64_t> counted_allocations{0};
thread_local bool is_counted = true;

void count() noexcept {
  if (is_counted) counted_allocations.fetch_add(1, std::memory_order_relaxed);
}

} // namespace

std::uint64_t allocations() noexcept {
  return counted_allocations.load(std::memory_order_relaxed);
}

void count_this_thread(bool counted) noexcept {
  is_counted = counted;
}

} // namespace invited::test

// glibc lets a program replace these ("Replacing malloc" in its manual), and keeps its own under these names.
// What is not replaced, such as free, is still glibc's, and the two fit together.
extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t n, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);

void* malloc(std::size_t size) {
  invited::test::count();
  return __libc_malloc(size);
}

void* calloc(std::size_t n, std::size_t size) {
  invited::test::count();
  return __libc_calloc(n, size);
}

void* realloc(void* old, std::size_t size) {
  invited::test::count();
  return __libc_realloc(old, size);
}
}
