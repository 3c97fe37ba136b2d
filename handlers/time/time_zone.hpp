#pragma once

#include "store/base/text_map.hpp"

#include <absl/time/time.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A moment as the clocks and calendars of one place show it.
struct local_time {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  unsigned hour, minute;
  std::string zone; ///< as people there call it, CET; else UTC-03
};

/// The zone of that name in the system's tz database (/usr/share/zoneinfo); nothing where there is none. No
/// name leads out of the database. Looks at the disk; any thread.
///
/// Abseil keeps for ever whatever it was asked for, under the name, even where there is no such zone. So it
/// is asked only for names that are files of the database: some 600, 10 MB all together. It reads the folder
/// that the variable TZDIR names, if it is set; a zone must be in both.
std::optional<absl::TimeZone> find_time_zone(std::string_view name);

/// The zones that were needed so far, so that a page looks for none. One object a core, not thread-safe.
class time_zones {
public:
  /// In UTC where the zone is not known, or "". `ms` since 1970.
  local_time local(std::int64_t ms, std::string_view zone);

private:
  absl::TimeZone find(std::string_view zone);

  store::text_map<absl::TimeZone> known_;
};

} // namespace invited::handlers
