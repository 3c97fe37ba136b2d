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

constexpr std::size_t step = 128;         ///< sizes are rounded up to a multiple of it
constexpr std::size_t sizes = 32;         ///< the largest kept is 4 KiB
constexpr std::uint32_t most = 128;       ///< frames kept of a size
constexpr std::align_val_t at_a_line{64}; ///< each frame touches as few cache lines as possible

class frame_lists {
public:
  frame_lists() = default;
  frame_lists(const frame_lists&) = delete;
  frame_lists& operator=(const frame_lists&) = delete;

  ~frame_lists() {
    for (list& l : lists_) {
      while (l.count > 0) ::operator delete(l.frames[--l.count], at_a_line);
    }
  }

  void* take(std::size_t size) {
    const std::size_t i = (size - 1) / step;
    if (i >= sizes || lists_[i].count == 0) return ::operator new((i + 1) * step, at_a_line);
    list& l = lists_[i];
    return l.frames[--l.count];
  }

  void give(void* frame, std::size_t size) noexcept {
    const std::size_t i = (size - 1) / step;
    if (i >= sizes || lists_[i].count == most) return ::operator delete(frame, at_a_line);
    list& l = lists_[i];
    l.frames[l.count++] = frame;
  }

private:
  /// The links are kept outside of the frames. Reading the next link from a frame would wait for memory that
  /// left the cache long ago; writing to a frame does not wait.
  struct list {
    std::array<void*, most> frames;
    std::uint32_t count = 0;
  };

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
