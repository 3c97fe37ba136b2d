#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/connection.hpp"

#include <cstdint>

namespace invited::store {

/// Folds the counters of days that are over (scripts/fold-1.lua), to save memory and make them cheap to read.
/// Nothing else depends on it: the sums stay the same, whatever is folded and even if others fold or count
/// meanwhile. One object a core, over that core's connection, which must outlive it.
class folding {
public:
  explicit folding(redis::connection& redis) : redis_(redis) {}

  /// Folds one day (counted since 1970 UTC) of one group. Today and yesterday stay as they are.
  task<result<void>> fold(group g, std::int64_t day);

  /// Does the next bit of work, which is one round trip for most groups. Called once a second, it visits each
  /// of the last days of every group within 35 minutes. `today` need not be exact.
  task<result<void>> step(std::int64_t today);

private:
  static constexpr std::uint32_t days = 8; ///< enough to catch up after a week without servers

  redis::connection& redis_;
  std::uint32_t steps_ = 0;
};

} // namespace invited::store
