#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/counting/analytics.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

enum class interval : std::uint8_t { day, week };

std::string_view name_of(interval i);

/// What `GET /analytics` asks for.
struct analytics_input {
  std::vector<std::string_view> providers; ///< each once; views into `storage` or the principal
  store::day_range range{};
  interval every = interval::day;
  std::string storage;

  analytics_input() = default;
  analytics_input(const analytics_input&) = delete;
  analytics_input& operator=(const analytics_input&) = delete;
};

/// How many providers, and how many days, one call may count together.
inline constexpr std::size_t most_counted_providers = 20;
inline constexpr std::int64_t most_counted_days = 100;

/// Reads the query string, and reports all its errors at once. `provider_id` may be a list, separated by
/// commas. If none is named and `who` has only one provider, it is that one. It does not check whether `who`
/// may use the named providers. Without `to` the range includes `today` (days since 1970 UTC); without `from`
/// it has thirty days.
result<void> read_analytics(std::string_view query, const principal& who, std::int64_t today,
                            analytics_input& out);

} // namespace invited::handlers
