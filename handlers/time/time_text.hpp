#pragma once

#include "handlers/text/short_text.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Appends a time (ms since 1970) as RFC 3339 in UTC with milliseconds: 2026-01-31T09:05:00.000Z
void append_time(std::string& out, std::int64_t ms);

/// The same, written to the `time_text_size` bytes at `to`.
inline constexpr std::size_t time_text_size = 24;
void write_time(char* to, std::int64_t ms);

/// The same as a text that allocates nothing.
short_text<time_text_size> time_text(std::int64_t ms);

/// Reads RFC 3339 §5.6, with any fraction (cut to milliseconds) and any offset, or a date alone, which means
/// its midnight in UTC. Nothing for anything else, for a leap second, and for a date that does not exist.
std::optional<std::int64_t> read_time(std::string_view text);

/// The same for a time in a query. There a '+' that was not escaped means a blank, so a blank before the zone
/// is one.
std::optional<std::int64_t> read_query_time(std::string_view text);

} // namespace invited::handlers
