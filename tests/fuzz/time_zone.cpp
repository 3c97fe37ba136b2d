#include "handlers/time/time_zone.hpp"
#include "handlers/time/zone_rule.hpp"
#include "handlers/values/time_zone.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <array>
#include <limits>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

namespace {

// 1901, 1970, 2026 in winter and summer, 2400.
constexpr std::array<std::int64_t, 5> moments{-2'177'452'800, 0, 1'768'000'000, 1'783'000'000,
                                              13'569'465'600};

} // namespace

/// A TZif file, a rule, or the name of a zone: each as if it were all three.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const auto zone = time_zone::parse(text);
  for (const std::int64_t moment : moments) {
    if (zone) static_cast<void>(zone->at(moment));
    if (const auto offset = offset_by_rule(text, moment))
      demand(offset->seconds > -640'000 && offset->seconds < 640'000,
             "a rule's offset is at most 167 hours and some");
  }
  if (text.size() <= 64 && text.find('\0') == text.npos) {
    const bool known = !check_time_zone(text);
    demand(!known || text.find("..") == text.npos, "no name leads out of the database");
    demand(!known || text == "UTC" || read_zone_file(text).has_value(), "a zone that is known has a file");
  }
  return 0;
}
