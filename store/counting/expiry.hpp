#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/base/tally.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/connection.hpp"

#include <cstdint>

namespace invited::store {

/// Settles expiries. Redis lets a right to redeem go by itself, at its time; that it was one less pending and
/// one more expired is counted here, a little later, exactly once however many servers do so, and also after
/// days in which none ran. One object a core, over that core's connection, which outlives it.
class expiry {
public:
  explicit expiry(redis::connection& redis) : redis_(redis) {}

  /// Settles what has expired in one group, `most_in_one_go` at the most; answers how many.
  task<result<std::uint32_t>> settle(group g);

  static constexpr std::uint32_t most_in_a_call = 200;
  static constexpr std::uint32_t most_in_one_go = 20 * most_in_a_call;

  /// How many this object has settled; may be read on any thread.
  const tally& settled() const { return settled_; }

private:
  redis::connection& redis_;
  tally settled_;
  std::int64_t day_ = 0; ///< on which the last ones fell
};

} // namespace invited::store
