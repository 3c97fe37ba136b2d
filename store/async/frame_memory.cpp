#include "store/async/frame_memory.hpp"

#include <array>
#include <cstdint>
#include <new>

namespace invited::detail {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool keeps_frames = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool keeps_frames = false;
#else
constexpr bool keeps_frames = true;
#endif
#else
constexpr bool keeps_frames = true;
#endif

constexpr std::size_t step = 128;   ///< sizes are rounded up to a multiple of it
constexpr std::size_t sizes = 32;   ///< the largest kept is 4 KiB
constexpr std::uint32_t most = 128; ///< frames kept of a size

class frame_lists {
public:
  frame_lists() = default;
  frame_lists(const frame_lists&) = delete;
  frame_lists& operator=(const frame_lists&) = delete;

  ~frame_lists() {
    for (list& l : lists_) {
      while (l.first != nullptr) ::operator delete(pop(l));
    }
  }

  void* take(std::size_t size) {
    const std::size_t i = (size - 1) / step;
    if (i >= sizes || lists_[i].first == nullptr) return ::operator new((i + 1) * step);
    return pop(lists_[i]);
  }

  void give(void* frame, std::size_t size) noexcept {
    const std::size_t i = (size - 1) / step;
    if (i >= sizes || lists_[i].count == most) return ::operator delete(frame);
    list& l = lists_[i];
    l.first = new (frame) link{l.first};
    ++l.count;
  }

private:
  struct link {
    link* next;
  };
  struct list {
    link* first = nullptr;
    std::uint32_t count = 0;
  };

  static void* pop(list& l) noexcept {
    link* const taken = l.first;
    l.first = taken->next;
    --l.count;
    return taken;
  }

  std::array<list, sizes> lists_{};
};

thread_local frame_lists of_this_thread;

} // namespace

void* allocate_frame(std::size_t size) {
  if constexpr (keeps_frames) return of_this_thread.take(size);
  return ::operator new(size);
}

void free_frame(void* frame, std::size_t size) noexcept {
  if constexpr (keeps_frames) return of_this_thread.give(frame, size);
  ::operator delete(frame);
}

} // namespace invited::detail
