#pragma once

#include "server/config/parsed.hpp"
#include "server/log/log_level.hpp"

#include "store/redis/durability.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

// Each function reads one value. They are strict: they read the whole text, and allow no white space around
// it and no other spelling.
namespace invited::server {

/// Any text without control characters, not empty.
parsed<std::string> parse_text(std::string_view text);

/// A whole number in decimal digits.
parsed<std::uint32_t> parse_whole(std::string_view text, std::uint32_t least, std::uint32_t most);

/// A number from 0.001 to 1,000,000. The upper limit is more a second than one Redis takes; the lower one
/// keeps results like burst/rate a sensible number of seconds.
parsed<double> parse_rate(std::string_view text);

/// `250ms 60s 15m 1h 14d`, or a bare number of seconds; up to 10 years.
parsed<std::chrono::milliseconds> parse_duration(std::string_view text);

/// `64KiB 256MiB 1GiB`, or a bare number of bytes.
parsed<std::uint64_t> parse_size(std::string_view text, std::uint64_t least, std::uint64_t most);

/// A duration that is a whole number of seconds in [least, most].
parsed<std::chrono::seconds> parse_seconds(std::string_view text, std::chrono::seconds least,
                                           std::chrono::seconds most);

/// A duration in [1 ms, 1 h].
parsed<std::chrono::milliseconds> parse_timeout(std::string_view text);

/// 1 to 256, or `cores`: as many as this process may use.
parsed<std::uint32_t> parse_threads(std::string_view text);

parsed<store::redis::durability> parse_durability(std::string_view text);
parsed<log_level> parse_log_level(std::string_view text);

/// Two capital letters (ISO 3166-1 alpha-2).
parsed<std::string> parse_region(std::string_view text);

/// The duration in the longest unit that is exact: 14d, 90s.
std::string to_text(std::chrono::seconds duration);

/// The same for bytes: 256MiB, 1000.
std::string size_text(std::uint64_t bytes);

// The same as templates, for tables of functions.

template <std::uint32_t Least, std::uint32_t Most>
parsed<std::uint32_t> whole(std::string_view text) {
  return parse_whole(text, Least, Most);
}

template <std::uint64_t Least, std::uint64_t Most>
parsed<std::uint64_t> bytes_between(std::string_view text) {
  return parse_size(text, Least, Most);
}

template <std::int64_t Least, std::int64_t Most>
parsed<std::chrono::seconds> seconds_between(std::string_view text) {
  return parse_seconds(text, std::chrono::seconds{Least}, std::chrono::seconds{Most});
}

} // namespace invited::server
