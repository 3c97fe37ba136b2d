#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/connection.hpp"

#include <cstdint>

namespace invited::store {

/// Folds the counters of days that are over (scripts/fold-1.lua): for memory's sake, and so that reading them
/// is cheap. Nothing else depends on it: whatever is folded, and whoever else folds or counts meanwhile, the
/// sums stay the same. One object a core, over that core's connection, which outlives it.
class folding {
public:
  explicit folding(redis::connection& redis) : redis_(redis) {}

  /// Folds one day (since 1970 UTC) of one group. A day that is not older than two stays as it is.
  task<result<void>> fold(group g, std::int64_t day);

  /// The next bit of work, a round trip for most groups: called once a second it has been at each of the last
  /// days of every group within 35 minutes. `today` need not be exact.
  task<result<void>> step(std::int64_t today);

private:
  static constexpr std::uint32_t days = 8; ///< a week without servers is made up for

  redis::connection& redis_;
  std::uint32_t steps_ = 0;
};

} // namespace invited::store
