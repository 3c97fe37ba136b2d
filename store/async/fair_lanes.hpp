#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <utility>
#include <vector>

namespace invited {

struct lane_bounds {
  std::size_t in_lane; ///< how many may wait in one lane
  std::size_t in_all;  ///< how many may wait in all lanes together

  /// An item that has waited longer than this when its turn comes is too late, and is not served.
  std::chrono::steady_clock::duration longest = std::chrono::steady_clock::duration::max();
};

/// Lanes that take turns (round robin); each is first come, first served. An owner that fills its lane delays
/// only itself. When all lanes together are full, a newcomer to a lane shorter than the longest still finds a
/// place: it takes the place of the last item of the longest lane. If several lanes are the longest, the one
/// that has waited longest for its turn gives way. So the owner with the most items is refused; with one item
/// in each lane it is the oldest item, whose client has most likely gone. A lane exists while something waits
/// in it. Putting in and erasing look through all lanes: this is for hundreds, not thousands.
template <class T>
class fair_lanes {
public:
  using time_point = std::chrono::steady_clock::time_point;

  explicit fair_lanes(const lane_bounds& bounds) : bounds_(bounds) {}

  /// False: there is no place, and `item` is gone. `displaced` is the item that had to give way to it, if
  /// any.
  [[nodiscard]] bool put(std::uint64_t of, T item, time_point now, std::optional<T>& displaced) {
    const auto own = std::ranges::find(ring_, of, &lane::of);
    const std::size_t before = own == ring_.end() ? 0 : own->waiting.size();
    if (before >= bounds_.in_lane) return false;
    if (size_ >= bounds_.in_all && !displace_for(before, displaced)) return false;
    // What was displaced stood in another lane: `own` is still there.
    lane& to = own == ring_.end() ? ring_.emplace_back(lane{of, {}}) : *own;
    to.waiting.push_back({std::move(item), now});
    ++size_;
    return true;
  }

  std::optional<T> take(time_point now, std::vector<T>& too_late) {
    while (!ring_.empty()) {
      const auto turn = ring_.begin();
      one next = std::move(turn->waiting.front());
      turn->waiting.pop_front();
      --size_;
      if (turn->waiting.empty())
        ring_.erase(turn);
      else
        ring_.splice(ring_.end(), ring_, turn);
      if (now - next.since <= bounds_.longest) return std::move(next.item);
      too_late.push_back(std::move(next.item));
    }
    return {};
  }

  /// Whether put() would find no place now because of the lane itself.
  bool is_full(std::uint64_t of) const {
    const auto own = std::ranges::find(ring_, of, &lane::of);
    return own != ring_.end() && own->waiting.size() >= bounds_.in_lane;
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  template <class Predicate>
  void erase_if(const Predicate& gone) {
    for (lane& l : ring_) size_ -= std::erase_if(l.waiting, [&gone](const one& o) { return gone(o.item); });
    std::erase_if(ring_, [](const lane& l) { return l.waiting.empty(); });
  }

private:
  struct one {
    T item;
    time_point since;
  };
  struct lane {
    std::uint64_t of;
    std::deque<one> waiting; ///< never empty
  };

  /// False: the lane that wants a place and holds `held` items is itself one of the longest.
  bool displace_for(std::size_t held, std::optional<T>& displaced) {
    const auto longest = std::ranges::max_element(ring_, {}, [](const lane& l) { return l.waiting.size(); });
    if (longest == ring_.end() || longest->waiting.size() <= held) return false;
    displaced = std::move(longest->waiting.back().item);
    longest->waiting.pop_back();
    --size_;
    if (longest->waiting.empty()) ring_.erase(longest);
    return true;
  }

  lane_bounds bounds_;
  std::list<lane> ring_; ///< the lane whose turn is next stands first
  std::size_t size_ = 0;
};

} // namespace invited
