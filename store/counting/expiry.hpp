#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/base/tally.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/connection.hpp"

#include <cstdint>

namespace invited::store {

/// Settles expiries. Redis itself drops a right to redeem when its time comes. This class counts it a little
/// later: one pending invite less, one expired more. Each is counted exactly once, however many servers do
/// this, and also after days in which none ran. One object a core, over that core's connection, which must
/// outlive it.
class expiry {
public:
  explicit expiry(redis::connection& redis) : redis_(redis) {}

  /// Settles up to `most_in_one_go` expiries of one group, and returns how many.
  task<result<std::uint32_t>> settle(group g);

  static constexpr std::uint32_t most_in_a_call = 200;
  static constexpr std::uint32_t most_in_one_go = 20 * most_in_a_call;

  /// How many expiries this object has settled. May be read on any thread.
  const tally& settled() const { return settled_; }

private:
  redis::connection& redis_;
  tally settled_;
  std::int64_t day_ = 0; ///< the day on which the last settled expiries fell
};

} // namespace invited::store
