#include "handlers/time/time_zone.hpp"

#include "handlers/text/charset.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>

namespace invited::handlers {
namespace {

constexpr charset zone_characters("A-Za-z0-9/_+-");
constexpr std::size_t longest_zone = 64;
constexpr std::string_view database = "/usr/share/zoneinfo/";

/// Other things in the folder: copies of the database by other rules, and this machine's own zone.
constexpr std::array<std::string_view, 5> no_zones = {"posix/", "right/", "posixrules", "localtime",
                                                      "Factory"};

/// Keeps the path in its folder: no part of it may be empty, and zone names have no '.'. They have no ':'
/// either, which for Abseil begins a name that is not a file.
bool has_zone_shape(std::string_view text) {
  return !text.empty() && text.size() <= longest_zone && zone_characters.holds_all(text) &&
         text.front() != '/' && text.back() != '/' && text.find("//") == text.npos &&
         std::ranges::none_of(no_zones, [text](std::string_view no) { return text.starts_with(no); });
}

/// RFC 8536 §3.1: how the file of a zone begins. A folder reads as empty.
bool is_zone_file(const std::string& path) {
  constexpr std::string_view magic = "TZif";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), std::fclose);
  std::array<char, magic.size()> begin{};
  return file && std::fread(begin.data(), 1, begin.size(), file.get()) == begin.size() &&
         std::ranges::equal(begin, magic);
}

} // namespace

std::optional<absl::TimeZone> find_time_zone(std::string_view name) {
  if (!has_zone_shape(name) || !is_zone_file(std::string(database).append(name))) return {};
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(std::string(name), &zone)) return {};
  return zone;
}

absl::TimeZone time_zones::find(std::string_view zone) {
  if (zone.empty()) return absl::UTCTimeZone();
  if (const auto it = known_.find(zone); it != known_.end()) return it->second;
  const std::optional<absl::TimeZone> found = find_time_zone(zone);
  if (!found) return absl::UTCTimeZone(); // not remembered; only names of the database are, so it stays small
  known_.emplace(zone, *found);
  return *found;
}

local_time time_zones::local(std::int64_t ms, std::string_view zone) {
  using namespace std::chrono;
  const absl::TimeZone::CivilInfo here = find(zone).At(absl::FromUnixMillis(ms));
  const sys_days day = floor<days>(sys_seconds(floor<seconds>(milliseconds(ms))) + seconds(here.offset));
  const std::string_view name = here.zone_abbr;
  const bool nameless = name.find_first_of("+-") != name.npos;
  return {.date = day,
          .weekday = weekday(day),
          .hour = static_cast<unsigned>(here.cs.hour()),
          .minute = static_cast<unsigned>(here.cs.minute()),
          .zone = std::string(nameless ? "UTC" : "").append(name)};
}

} // namespace invited::handlers
