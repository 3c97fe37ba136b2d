#include "handlers/time/time_zone.hpp"

#include "handlers/text/charset.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace invited::handlers {
namespace {

constexpr charset zone_characters("A-Za-z0-9/_+-");
constexpr std::size_t longest_zone = 64;
constexpr std::size_t largest_file = 64 * 1024; // a zone takes 4 KiB at the most
constexpr std::string_view database = "/usr/share/zoneinfo/";

/// What else lies in the folder: copies of the database by other rules, and this machine's own zone.
constexpr std::array<std::string_view, 5> no_zones = {"posix/", "right/", "posixrules", "localtime",
                                                      "Factory"};

/// Keeps the path in its folder: no part of it is empty, and a '.' is in no zone's name anyway.
bool has_zone_shape(std::string_view text) {
  return !text.empty() && text.size() <= longest_zone && zone_characters.holds_all(text) &&
         text.front() != '/' && text.back() != '/' && text.find("//") == text.npos &&
         std::ranges::none_of(no_zones, [text](std::string_view no) { return text.starts_with(no); });
}

/// Takes big-endian numbers off a text; what is not there reads as 0 and is noted.
class reader {
public:
  explicit reader(std::string_view text) : rest_(text) {}

  std::string_view bytes(std::size_t n) {
    if (n > rest_.size()) {
      good_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return taken;
  }
  std::uint64_t number(std::size_t n) {
    std::uint64_t value = 0;
    for (const char c : bytes(n)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::string_view rest() const { return rest_; }
  bool good() const { return good_; }

private:
  std::string_view rest_;
  bool good_ = true;
};

/// RFC 8536 §3.1: the header of each of the two blocks.
struct header {
  bool good;
  std::size_t utc_marks, standard_marks, leaps, changes, kinds, name_bytes;

  explicit header(reader& from) {
    good = from.bytes(4) == "TZif" && from.number(1) >= '2';
    from.bytes(15);
    for (std::size_t* n : {&utc_marks, &standard_marks, &leaps, &changes, &kinds, &name_bytes})
      *n = static_cast<std::size_t>(from.number(4));
    good = good && from.good();
  }
  /// Of the block behind it, with times of so many bytes.
  std::size_t size(std::size_t time) const {
    return changes * (time + 1) + kinds * 6 + name_bytes + leaps * (time + 4) + standard_marks + utc_marks;
  }
};

} // namespace

std::optional<std::string> read_zone_file(std::string_view zone) {
  if (!has_zone_shape(zone)) return {};
  const std::string path = std::string(database).append(zone);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), std::fclose);
  if (!file) return {};
  std::string text(largest_file, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get())); // of a folder, nothing
  if (!text.starts_with("TZif")) return {};
  return text;
}

std::optional<time_zone> time_zone::parse(std::string_view tzif) {
  reader from(tzif);
  const header old(from);
  from.bytes(old.size(4)); // the block of version 1, with times of four bytes
  const header h(from);
  if (!old.good || !h.good || h.kinds == 0 || h.size(8) > from.rest().size()) return {};
  time_zone zone;
  for (std::size_t i = 0; i < h.changes; ++i)
    zone.changes_.push_back(static_cast<std::int64_t>(from.number(8)));
  for (std::size_t i = 0; i < h.changes; ++i)
    zone.kinds_.push_back(static_cast<std::uint8_t>(from.number(1)));
  for (std::size_t i = 0; i < h.kinds; ++i) {
    const auto offset = static_cast<std::int32_t>(from.number(4));
    from.number(1); // whether it is summer time
    zone.kinds_known_.push_back({offset, static_cast<std::uint8_t>(from.number(1))});
  }
  zone.names_ = std::string(from.bytes(h.name_bytes)) + '\0';
  from.bytes(h.leaps * 12 + h.standard_marks + h.utc_marks);
  if (!std::ranges::is_sorted(zone.changes_) ||
      std::ranges::any_of(zone.kinds_, [&h](std::uint8_t k) { return k >= h.kinds; }) ||
      std::ranges::any_of(zone.kinds_known_, [&h](const kind& k) { return k.name_at >= h.name_bytes; }))
    return {};
  std::string_view footer = from.rest();
  if (!footer.starts_with('\n') || !footer.ends_with('\n') || footer.size() < 2) return {};
  zone.rule_ = footer.substr(1, footer.size() - 2);
  return zone;
}

zone_offset time_zone::of(const kind& k) const {
  return {k.offset, names_.c_str() + k.name_at};
}

std::optional<zone_offset> time_zone::at(std::int64_t seconds) const {
  const auto next = std::ranges::upper_bound(changes_, seconds);
  if (next == changes_.end() && !rule_.empty()) return offset_by_rule(rule_, seconds);
  if (next == changes_.begin()) return of(kinds_known_.front()); // before all changes (§3.2)
  return of(kinds_known_[kinds_[static_cast<std::size_t>(next - changes_.begin()) - 1]]);
}

const time_zone* time_zones::find(std::string_view zone) {
  auto it = known_.find(zone);
  if (it == known_.end()) {
    const std::optional<std::string> file = read_zone_file(zone);
    if (!file) return nullptr; // not remembered: only names of the database are, so it stays small
    it = known_.emplace(zone, time_zone::parse(*file)).first;
  }
  return it->second ? &*it->second : nullptr;
}

local_time time_zones::local(std::int64_t ms, std::string_view zone) {
  using namespace std::chrono;
  std::optional<zone_offset> here;
  if (const time_zone* known = zone.empty() ? nullptr : find(zone)) here = known->at(ms / 1000);
  if (!here) here = zone_offset{0, "UTC"};
  const sys_seconds shown{floor<seconds>(milliseconds(ms)) + seconds(here->seconds)};
  const sys_days day = floor<days>(shown);
  const hh_mm_ss clock(shown - day);
  const bool nameless = here->name.find_first_of("+-") != std::string::npos;
  return {.date = day,
          .weekday = weekday(day),
          .hour = static_cast<unsigned>(clock.hours().count()),
          .minute = static_cast<unsigned>(clock.minutes().count()),
          .zone = (nameless ? "UTC" : "") + here->name};
}

} // namespace invited::handlers
