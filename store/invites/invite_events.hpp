#pragma once

#include "store/base/tally.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace invited::store {

/// What happens to invites.
enum class invite_event : std::uint8_t {
  created,
  viewed,
  wrong_answer,
  locked, ///< by a wrong answer
  redeemed,
  revoked,
  renewed,
  expired,
  lost,
  asked,
  session_ended,
  erased,
  count_,
};

constexpr std::string_view name_of(invite_event e) {
  constexpr std::array<std::string_view, static_cast<std::size_t>(invite_event::count_)> names = {
      "created", "viewed",  "wrong_answer", "locked", "redeemed",      "revoked",
      "renewed", "expired", "lost",         "asked",  "session_ended", "erased"};
  return names[static_cast<std::size_t>(e)];
}

/// What one core has seen happen, for operators. Repeats count again, so these are not the counts of the
/// analytics, which Redis keeps.
class invite_tally {
public:
  void note(invite_event e, std::uint64_t times = 1) noexcept {
    counts_[static_cast<std::size_t>(e)].add(times);
  }
  std::uint64_t operator[](invite_event e) const noexcept { return counts_[static_cast<std::size_t>(e)]; }

  tally limited; ///< creations refused because their provider's bucket was empty

private:
  std::array<tally, static_cast<std::size_t>(invite_event::count_)> counts_;
};

} // namespace invited::store
