#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What a clock on the wall shows: how far it is ahead of UTC, and what people call that.
struct zone_offset {
  std::int64_t seconds = 0;
  std::string name; ///< CET; or "-03" where there is no such name
};

/// The rule behind the last transition of a time zone: POSIX's TZ variable, as the footer of a TZif file has
/// it (RFC 8536 §3.3, with the extension of §3.3.1): `CET-1CEST,M3.5.0,M10.5.0/3`. Days by month, week and
/// weekday only; nothing for the other two forms, which no zone uses.
std::optional<zone_offset> offset_by_rule(std::string_view rule, std::int64_t seconds);

} // namespace invited::handlers
