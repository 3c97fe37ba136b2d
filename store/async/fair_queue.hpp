#pragma once

#include "store/async/fair_lanes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace invited {

/// Which items go before others.
enum class queue_rank : std::uint8_t { first, usual, last };

/// Where an item waits.
struct queue_place {
  queue_rank rank = queue_rank::usual;
  std::uint64_t lane = 0; ///< its owner: a network or an account
};

/// Waiting items, in an order in which no owner can hold up the others. There are ranks; each has lanes that
/// take turns and room of its own, so no rank takes another's place. Higher ranks go first, but they pass a
/// lower one over at most `patience` times before it has a turn. It knows no threads and no clock.
template <class T>
class fair_queue {
public:
  using time_point = typename fair_lanes<T>::time_point;

  explicit fair_queue(const lane_bounds& of_a_rank)
      : ranks_{{of_rank(of_a_rank), of_rank(of_a_rank), of_rank(of_a_rank)}} {}

  static constexpr unsigned patience = 3;

  /// As fair_lanes::put(), within the place's rank.
  [[nodiscard]] bool put(const queue_place& at, T item, time_point now, std::optional<T>& displaced) {
    return rank(at.rank).lanes.put(at.lane, std::move(item), now, displaced);
  }

  /// The next item; nothing when none waits. Items whose time was over before their turn came are added to
  /// `too_late`.
  std::optional<T> take(time_point now, std::vector<T>& too_late) {
    while (of_rank* const next = choose()) {
      std::optional<T> item = next->lanes.take(now, too_late);
      if (!item) continue; // all items of this rank were too late; none is left
      note_taken(*next);
      return item;
    }
    return {};
  }

  bool is_full(const queue_place& at) const {
    return ranks_[static_cast<std::size_t>(at.rank)].lanes.is_full(at.lane);
  }
  bool empty() const {
    return std::ranges::all_of(ranks_, [](const of_rank& r) { return r.lanes.empty(); });
  }

  /// Removes the items for which `gone` is true.
  template <class Predicate>
  void erase_if(const Predicate& gone) {
    for (of_rank& r : ranks_) r.lanes.erase_if(gone);
  }

private:
  struct of_rank {
    explicit of_rank(const lane_bounds& bounds) : lanes(bounds) {}
    fair_lanes<T> lanes;
    unsigned passed_over = 0; ///< in a row, while an item waited
  };

  of_rank& rank(queue_rank r) { return ranks_[static_cast<std::size_t>(r)]; }

  of_rank* choose() {
    for (auto r = ranks_.rbegin(); r != ranks_.rend(); ++r) {
      if (!r->lanes.empty() && r->passed_over >= patience) return &*r;
    }
    for (of_rank& r : ranks_) {
      if (!r.lanes.empty()) return &r;
    }
    return nullptr;
  }

  void note_taken(of_rank& from) {
    for (of_rank& r : ranks_) {
      if (&r == &from || r.lanes.empty())
        r.passed_over = 0;
      else if (&r > &from)
        ++r.passed_over;
    }
  }

  std::array<of_rank, 3> ranks_;
};

} // namespace invited
