#include "handlers/time/time_zone.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <random>
#include <sstream>

namespace invited::handlers {
namespace {

struct zones {
  time_zones known;

  zones() { BOOST_REQUIRE(read_zone_file("Europe/Zurich")); } // the package tzdata

  std::string readable(std::int64_t ms, std::string_view zone) {
    const local_time at = known.local(ms, zone);
    std::ostringstream text;
    text << std::setfill('0') << int{at.date.year()} << '-' << std::setw(2) << unsigned{at.date.month()}
         << '-' << std::setw(2) << unsigned{at.date.day()} << ' ' << std::setw(2) << at.hour << ':'
         << std::setw(2) << at.minute << ' ' << at.zone;
    return text.str();
  }
};

BOOST_FIXTURE_TEST_SUITE(local_times, zones)

BOOST_AUTO_TEST_CASE(a_moment_as_the_wall_shows_it) {
  constexpr std::int64_t winter = 1'796'660'516'244, summer = 1'785'000'000'000;
  BOOST_TEST(readable(winter, "") == "2026-12-07 16:21 UTC");
  BOOST_TEST(readable(winter, "UTC") == "2026-12-07 16:21 UTC");
  BOOST_TEST(readable(winter, "Europe/Zurich") == "2026-12-07 17:21 CET");
  BOOST_TEST(readable(summer, "Europe/Zurich") == "2026-07-25 19:20 CEST");
  BOOST_TEST(readable(winter, "America/New_York") == "2026-12-07 11:21 EST");
  BOOST_TEST(readable(winter, "Asia/Kathmandu") == "2026-12-07 22:06 UTC+0545");
  BOOST_TEST(readable(winter, "America/Sao_Paulo") == "2026-12-07 13:21 UTC-03");
  BOOST_TEST(readable(winter, "Pacific/Auckland") == "2026-12-08 05:21 NZDT");
  BOOST_TEST(readable(winter, "Mars/Base") == "2026-12-07 16:21 UTC");
  BOOST_TEST(readable(winter, "../../etc/passwd") == "2026-12-07 16:21 UTC");
  BOOST_TEST(readable(-1, "") == "1969-12-31 23:59 UTC");
  BOOST_TEST(known.local(winter, "").weekday.c_encoding() == 1U); // a Monday
  BOOST_TEST(known.local(winter, "Pacific/Auckland").weekday.c_encoding() == 2U);
}

BOOST_AUTO_TEST_CASE(every_half_hour_of_a_change_as_the_c_library_has_it) {
  for (const char* zone : {"Europe/Zurich", "America/New_York", "Australia/Sydney", "Europe/Dublin",
                           "America/Godthab", "Asia/Tehran", "Africa/Casablanca", "Etc/GMT+5"}) {
    ::setenv("TZ", zone, 1);
    ::tzset();
    const std::optional<std::string> file = read_zone_file(zone);
    BOOST_REQUIRE(file);
    const std::optional<time_zone> parsed = time_zone::parse(*file);
    BOOST_REQUIRE(parsed);
    BOOST_TEST_CONTEXT(zone) {
      for (std::time_t at = 1'767'225'600; at < 1'767'225'600 + 366 * 86'400; at += 1'800) {
        std::tm local{};
        ::localtime_r(&at, &local);
        if (parsed->at(at)->seconds != local.tm_gmtoff || parsed->at(at)->name != local.tm_zone)
          BOOST_ERROR(at << ": " << parsed->at(at)->name << ", wanted " << local.tm_zone);
      }
      for (std::time_t at = 2'240'524'800; at < 2'240'524'800 + 366 * 86'400; at += 1'800) { // by the rule
        std::tm local{};
        ::localtime_r(&at, &local);
        if (parsed->at(at)->seconds != local.tm_gmtoff) BOOST_ERROR(at << ", wanted " << local.tm_zone);
      }
    }
  }
  ::unsetenv("TZ");
  ::tzset();
}

BOOST_AUTO_TEST_CASE(rules_that_are_none) {
  for (const char* wrong :
       {"", "C", "CET", "CET-", "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M13.5.0",
        "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/",
        "CET-1CEST,J60,J300", "CET-1CEST,M3.5.0,M10.5.0x", "<+03", "<>3", "CET-999", "CET-1:60"})
    BOOST_TEST_CONTEXT(wrong) BOOST_TEST(!offset_by_rule(wrong, 0));
  BOOST_TEST(offset_by_rule("<-03>3", 0)->seconds == -10'800);
  BOOST_TEST(offset_by_rule("<+0545>-5:45", 0)->name == "+0545");
}

BOOST_AUTO_TEST_CASE(files_that_are_none_are_refused) {
  const std::string whole = *read_zone_file("Europe/Zurich");
  for (std::size_t n = 0; n < whole.size(); ++n)
    if (time_zone::parse(std::string_view(whole).substr(0, n)))
      BOOST_TEST(whole.substr(0, n).ends_with('\n')); // cut at its footer's first line
  std::mt19937 random(3);
  for (int i = 0; i < 2'000; ++i) {
    std::string other = whole;
    for (int k = 0; k < 4; ++k) other[random() % other.size()] = static_cast<char>(random());
    if (const auto zone = time_zone::parse(other)) zone->at(1'796'660'516); // ASan watches
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
