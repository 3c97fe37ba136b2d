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

/// Whose turn comes before others'.
enum class queue_rank : std::uint8_t { first, usual, last };

/// Where something waits.
struct queue_place {
  queue_rank rank = queue_rank::usual;
  std::uint64_t lane = 0; ///< whose it is: a network, an account
};

/// What waits, so that nobody keeps others from their turn: in ranks, each with lanes that take turns and
/// with room of its own, so that no rank takes another's place. Higher ranks go first, but pass over a lower
/// one no more than `patience` times before it has a turn. Knows no threads and no clock.
template <class T>
class fair_queue {
public:
  using time_point = typename fair_lanes<T>::time_point;

  explicit fair_queue(const lane_bounds& of_a_rank)
      : ranks_{{of_rank(of_a_rank), of_rank(of_a_rank), of_rank(of_a_rank)}} {}

  static constexpr unsigned patience = 3;

  /// As fair_lanes has it, within the place's rank.
  [[nodiscard]] bool put(const queue_place& at, T item, time_point now, std::optional<T>& displaced) {
    return rank(at.rank).lanes.put(at.lane, std::move(item), now, displaced);
  }

  /// Who is next; nothing when nobody waits. Those whose time was over before their turn came are added to
  /// `too_late`.
  std::optional<T> take(time_point now, std::vector<T>& too_late) {
    while (of_rank* const next = choose()) {
      std::optional<T> item = next->lanes.take(now, too_late);
      if (!item) continue; // all of them came too late; none is left
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

  /// Forgets what `gone` says of.
  template <class Predicate>
  void erase_if(const Predicate& gone) {
    for (of_rank& r : ranks_) r.lanes.erase_if(gone);
  }

private:
  struct of_rank {
    explicit of_rank(const lane_bounds& bounds) : lanes(bounds) {}
    fair_lanes<T> lanes;
    unsigned passed_over = 0; ///< in a row, while somebody waited
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
