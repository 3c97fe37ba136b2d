#pragma once

#include <cstdint>
#include <string>

namespace invited::handlers {

/// Appends a time (ms since 1970) as RFC 3339 in UTC with milliseconds: 2026-01-31T09:05:00.000Z
void append_time(std::string& out, std::int64_t ms);

} // namespace invited::handlers
