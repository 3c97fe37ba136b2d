#pragma once

#include "handlers/time/zone_rule.hpp"
#include "store/base/text_map.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// One time zone, from the bytes of a TZif file of version 2 or later (RFC 8536).
class time_zone {
public:
  /// Nothing when the bytes are not such a file.
  static std::optional<time_zone> parse(std::string_view tzif);

  /// At a moment, in seconds since 1970. Nothing where the file does not tell.
  std::optional<zone_offset> at(std::int64_t seconds) const;

private:
  struct kind {
    std::int32_t offset;
    std::uint8_t name_at;
  };

  zone_offset of(const kind& k) const;

  std::vector<std::int64_t> changes_; ///< rising
  std::vector<std::uint8_t> kinds_;   ///< which one each of the changes begins
  std::vector<kind> kinds_known_;     ///< at least one
  std::string names_;                 ///< each ends with a NUL
  std::string rule_;                  ///< after the last change; may be empty
};

/// A moment as the clocks and calendars of one place show it.
struct local_time {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  unsigned hour, minute;
  std::string zone; ///< as people there call it, CET; else UTC-03
};

/// The zones of the system's tz database, each read once. One object a core, not thread-safe.
class time_zones {
public:
  /// In UTC where the zone is not known, or "". `ms` since 1970.
  local_time local(std::int64_t ms, std::string_view zone);

private:
  const time_zone* find(std::string_view zone);

  store::text_map<std::optional<time_zone>> known_;
};

/// The text of the database's file of that name; nothing where there is none. No name leads out of the
/// database.
std::optional<std::string> read_zone_file(std::string_view zone);

} // namespace invited::handlers
