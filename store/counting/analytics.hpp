#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/counting/expiry.hpp"
#include "store/redis/reading_lane.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace invited::store {

/// What is counted, in the order of scripts/shared/counted.lua.
enum class event : std::uint8_t {
  created,
  viewed, ///< for the first time, by anybody: often a mail scanner; at the latest when it is redeemed
  redeemed,
  revoked,
  replaced,
  expired,
  lost,
  locked,
  asked
};

inline constexpr std::size_t event_kinds = 9;

/// The name that callers see. The counter has the same name.
std::string_view name_of(event e);

/// How often each event happened.
struct event_counts {
  std::array<std::int64_t, event_kinds> of{};

  std::int64_t operator[](event e) const { return of[static_cast<std::size_t>(e)]; }
  std::int64_t ended() const; ///< how many pending invites ended, in any way
  event_counts& operator+=(const event_counts& other);
};

/// UTC days since 1970: from `from` up to, but not including, `to`.
struct day_range {
  std::int64_t from;
  std::int64_t to;

  std::int64_t length() const { return to - from; }
};

/// Invites that were redeemed at most `upper_end` seconds after their creation, and later than the bucket
/// before allows.
struct redeem_time {
  std::int64_t upper_end;
  std::int64_t count;
};

/// What happened on some days. This always holds: pending_at_start() + created = pending_at_end + ended().
struct activity {
  std::vector<event_counts> days; ///< one for each day, in order
  std::int64_t pending_at_end = 0;
  std::vector<redeem_time> redeem_times; ///< in order

  event_counts totals() const;
  std::int64_t pending_at_start() const;

  /// Adds what happened at another provider on the same days.
  activity& operator+=(const activity& other);
};

/// Reads the counters. One object a core.
class analytics {
public:
  /// `today`: days since 1970 UTC, a first guess that Redis corrects.
  analytics(const reading_lane& lane, std::int64_t today) : lane_(lane), expiry_(lane.redis), today_(today) {}

  /// What happened at a provider, exact and as of one instant. It takes one round trip unless many expiries
  /// wait to be settled. `provider_id` must live until the call is done. `range.from` is at most `kept_days`
  /// before tomorrow: nothing is known of earlier days. Days in the future are empty. errc::unavailable also
  /// if the expiries do not end, errc::busy if too many such reads wait.
  task<result<activity>> read(std::string_view provider_id, day_range range);

  static constexpr std::int64_t kept_days = 400;

private:
  static constexpr int most_tries = 8; ///< each settles another expiry::most_in_one_go

  reading_lane lane_;
  expiry expiry_;
  std::int64_t today_;
};

} // namespace invited::store
