#pragma once

#include "store/base/text_map.hpp"

#include <absl/time/time.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A moment in the local time of one place.
struct local_time {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  unsigned hour, minute;
  std::string zone; ///< the local abbreviation, as CET; if there is none, as UTC-03
};

/// The zone of that name in the system's tz database (/usr/share/zoneinfo); nothing if there is none. No name
/// can lead out of the database. It reads the disk. Any thread may call it.
///
/// Abseil keeps every name that it was asked for, even if there is no such zone. So it is asked only for
/// names of files in the database: about 600, 10 MB together. If the variable TZDIR is set, Abseil reads that
/// folder; then a zone must be in both.
std::optional<absl::TimeZone> find_time_zone(std::string_view name);

/// The zones that were needed so far, so that pages need no look-up on disk. One object a core, not
/// thread-safe.
class time_zones {
public:
  /// In UTC if the zone is unknown or "". `ms` is ms since 1970.
  local_time local(std::int64_t ms, std::string_view zone);

private:
  absl::TimeZone find(std::string_view zone);

  store::text_map<absl::TimeZone> known_;
};

} // namespace invited::handlers
