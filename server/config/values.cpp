#include "server/config/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <thread>

namespace invited::server {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Reads only decimal digits; from_chars alone would take a minus sign, or stop half way.
std::optional<std::uint64_t> digits(std::string_view text) {
  std::uint64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, number);
  if (failed != std::errc{} || stop != end) return std::nullopt;
  return number;
}

struct unit {
  std::string_view name;
  std::uint64_t size; ///< in ms, or in bytes
};

// "ms" before "s" and "m": the first that fits the end is taken.
constexpr std::array units{unit{"ms", 1}, unit{"s", 1'000}, unit{"m", 60'000}, unit{"h", 3'600'000},
                           unit{"d", 86'400'000}};
constexpr std::array byte_units{unit{"KiB", 1 << 10}, unit{"MiB", 1 << 20}, unit{"GiB", 1 << 30}};
constexpr std::uint64_t longest_ms = 3'650ull * 86'400'000;

struct scaled {
  std::string_view number;
  std::uint64_t scale;
};

/// Takes a unit off the end of `text`; without one the unit is `usual`.
scaled split(std::string_view text, std::span<const unit> known, std::uint64_t usual) {
  for (const auto& u : known)
    if (text.ends_with(u.name)) return {text.substr(0, text.size() - u.name.size()), u.size};
  return {text, usual};
}

/// Finds `text` among names. If it is not there, the fault lists all names.
template <class T, std::size_t N>
parsed<T> choose(std::string_view text, const std::array<std::pair<std::string_view, T>, N>& names) {
  std::string all;
  for (const auto& [name, value] : names) {
    if (name == text) return value;
    if (!all.empty()) all += ", ";
    all += name;
  }
  return fault::because(in_quotes(text) + " is not one of " + all);
}

} // namespace

parsed<std::string> parse_text(std::string_view text) {
  if (text.empty()) return fault::because("needs a value");
  const auto is_control = [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; };
  if (std::ranges::any_of(text, is_control))
    return fault::because(in_quotes(text) + " has a control character");
  return std::string{text};
}

parsed<std::uint32_t> parse_whole(std::string_view text, std::uint32_t least, std::uint32_t most) {
  const auto number = digits(text);
  if (number && *number >= least && *number <= most) return static_cast<std::uint32_t>(*number);
  return fault::because(in_quotes(text) + " is not a whole number from " + std::to_string(least) + " to " +
                        std::to_string(most));
}

parsed<double> parse_rate(std::string_view text) {
  constexpr double least = 0.001;
  constexpr double most = 1e6;
  double number = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  // Written so that "nan", which from_chars takes, fails as well.
  if (failed == std::errc{} && stop == end && number >= least && number <= most) return number;
  return fault::because(in_quotes(text) + " is not a number above 0, up to 1000000");
}

parsed<milliseconds> parse_duration(std::string_view text) {
  const auto [number_text, scale] = split(text, units, 1'000);
  const auto number = digits(number_text);
  if (!number) return fault::because(in_quotes(text) + " is not a duration (60s, 15m, 1h, 14d)");
  if (*number > longest_ms / scale)
    return fault::because(in_quotes(text) + " is too long (10 years at most)");
  return milliseconds{*number * scale};
}

parsed<std::uint64_t> parse_size(std::string_view text, std::uint64_t least, std::uint64_t most) {
  const auto [number_text, scale] = split(text, byte_units, 1);
  const auto number = digits(number_text);
  if (!number) return fault::because(in_quotes(text) + " is not a size (65536, 64KiB, 256MiB, 1GiB)");
  // Division first, because the product may not fit into 64 bits.
  if (*number <= most / scale && *number * scale >= least) return *number * scale;
  return fault::because(in_quotes(text) + " is not between " + size_text(least) + " and " + size_text(most));
}

parsed<seconds> parse_seconds(std::string_view text, seconds least, seconds most) {
  const auto duration = parse_duration(text);
  if (!duration) return duration.error();
  const auto whole_seconds = std::chrono::duration_cast<seconds>(*duration);
  if (whole_seconds != *duration)
    return fault::because(in_quotes(text) + " is not a whole number of seconds");
  if (whole_seconds >= least && whole_seconds <= most) return whole_seconds;
  return fault::because(in_quotes(text) + " is not between " + to_text(least) + " and " + to_text(most));
}

parsed<milliseconds> parse_timeout(std::string_view text) {
  const auto duration = parse_duration(text);
  if (!duration) return duration.error();
  if (*duration >= milliseconds{1} && *duration <= std::chrono::hours{1}) return *duration;
  return fault::because(in_quotes(text) + " is not between 1ms and 1h");
}

parsed<std::uint32_t> parse_threads(std::string_view text) {
  constexpr std::uint32_t most = 256;
  // hardware_concurrency() looks at the affinity mask, so it is what a container's cpuset allows; 0 is
  // "unknown".
  if (text == "cores") return std::clamp(std::thread::hardware_concurrency(), 1u, most);
  auto number = parse_whole(text, 1, most);
  if (!number) return fault::because(number.error().text() + ", or 'cores'");
  return number;
}

parsed<store::redis::durability> parse_durability(std::string_view text) {
  using store::redis::durability;
  using name = std::pair<std::string_view, durability>;
  return choose(text, std::array{name{"strict", durability::strict}, name{"relaxed", durability::relaxed}});
}

parsed<log_level> parse_log_level(std::string_view text) {
  using name = std::pair<std::string_view, log_level>;
  return choose(text, std::array{name{"debug", log_level::debug}, name{"info", log_level::info},
                                 name{"warning", log_level::warning}, name{"error", log_level::error}});
}

parsed<std::string> parse_region(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() == 2 && std::ranges::all_of(text, is_capital)) return std::string{text};
  return fault::because(in_quotes(text) + " is not a region (two capital letters, as in US)");
}

std::string size_text(std::uint64_t bytes) {
  for (auto u = byte_units.rbegin(); u != byte_units.rend(); ++u)
    if (bytes != 0 && bytes % u->size == 0) return std::to_string(bytes / u->size).append(u->name);
  return std::to_string(bytes);
}

std::string to_text(seconds duration) {
  const auto count = duration.count();
  for (const auto& [size, name] : {std::pair{86'400, 'd'}, std::pair{3'600, 'h'}, std::pair{60, 'm'}})
    if (count != 0 && count % size == 0) return std::to_string(count / size) + name;
  return std::to_string(count) + 's';
}

} // namespace invited::server
