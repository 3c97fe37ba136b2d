#pragma once

#include "handlers/reporting/analytics_input.hpp"
#include "store/counting/analytics.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace invited::handlers {

/// Appends the answer to `GET /analytics`: `found` is what happened in `asked.range` at `asked.providers`.
void append_analytics(std::string& out, const analytics_input& asked, const store::activity& found);

/// An interval of the series.
struct interval_counts {
  std::int64_t start; ///< days since 1970; for a week its Monday, even if that is before the range
  store::event_counts counts;
};

/// The counts of each day, or of each week (ISO 8601: from Monday on) as far as it is in the range.
std::vector<interval_counts> series_of(const store::activity& found, std::int64_t first_day, interval every);

/// The time in seconds within which `percent` of the redeemed invites were redeemed: the upper end of its
/// bucket. Nothing if none was redeemed.
std::optional<std::int64_t> percentile(std::span<const store::redeem_time> times, std::int64_t percent);

} // namespace invited::handlers
