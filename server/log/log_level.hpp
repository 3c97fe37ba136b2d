#pragma once

#include <cstdint>
#include <string_view>

namespace invited::server {

/// How important a log line is; ordered. A log keeps lines of its own level and above.
enum class log_level : std::uint8_t { debug, info, warning, error };

/// As in `--log-level` and in a line's "level".
constexpr std::string_view to_string(log_level level) {
  switch (level) {
  case log_level::debug: return "debug";
  case log_level::info: return "info";
  case log_level::warning: return "warning";
  case log_level::error: return "error";
  }
  return "error";
}

} // namespace invited::server
