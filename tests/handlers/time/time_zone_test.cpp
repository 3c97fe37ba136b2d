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

  zones() { BOOST_REQUIRE(find_time_zone("Europe/Zurich")); } // from the package tzdata

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

BOOST_AUTO_TEST_CASE(a_moment_by_the_clock_on_the_wall) {
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

/// By the C library's own reader of the same files.
std::string by_the_c_library(std::time_t at) {
  std::tm local{};
  ::localtime_r(&at, &local);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M ", &local);
  const std::string_view zone = local.tm_zone;
  return std::string(text.data()).append(zone.find_first_of("+-") == zone.npos ? "" : "UTC").append(zone);
}

BOOST_AUTO_TEST_CASE(every_half_hour_of_a_change_as_the_c_library_has_it) {
  constexpr std::time_t half_hour = 1'800, year = 366 * 86'400;
  constexpr std::time_t of_2026 = 1'767'225'600, by_the_rule = 2'240'524'800; // of 2041
  for (const char* zone : {"Europe/Zurich", "America/New_York", "Australia/Sydney", "Europe/Dublin",
                           "America/Nuuk", "Asia/Tehran", "Africa/Casablanca", "Etc/GMT+5"}) {
    ::setenv("TZ", zone, 1);
    ::tzset();
    BOOST_TEST_CONTEXT(zone) {
      for (const std::time_t first : {of_2026, by_the_rule})
        for (std::time_t at = first; at < first + year; at += half_hour)
          if (const std::string shown = readable(at * 1'000, zone), wanted = by_the_c_library(at);
              shown != wanted)
            BOOST_ERROR(shown << ", wanted " << wanted);
    }
  }
  ::unsetenv("TZ");
  ::tzset();
}

BOOST_AUTO_TEST_CASE(moments_far_from_now_are_shown_somehow) {
  constexpr std::int64_t far = 8'000'000'000'000'000; // the year 255,000
  for (const std::int64_t ms : {-far, -2'177'452'800'000, 13'569'465'600'000, far})
    for (const std::string_view zone : {"", "Europe/Zurich", "America/Sao_Paulo"})
      BOOST_TEST(known.local(ms, zone).hour < 24U);
}

BOOST_AUTO_TEST_CASE(an_unknown_zone_never_reaches_the_library) {
  for (const std::string_view wrong :
       {"", "Europe", "Mars/Base", "zone.tab", "Fixed/UTC+01:00:00", "libc:localtime", "file:/etc/passwd",
        ":Europe/Zurich", "localtime", "../zoneinfo/UTC"})
    BOOST_TEST_CONTEXT(wrong) BOOST_TEST(!find_time_zone(wrong));
  BOOST_TEST(find_time_zone("Europe/Zurich").has_value());
  BOOST_TEST(find_time_zone("UTC").has_value());
}

BOOST_AUTO_TEST_CASE(any_text_may_be_asked_for) {
  std::mt19937 random(3);
  for (int i = 0; i < 2'000; ++i) {
    std::string text = "Europe/Zurich";
    for (int k = 0; k < 2; ++k) text[random() % text.size()] = static_cast<char>(random());
    static_cast<void>(readable(1'796'660'516'244, text)); // ASan checks
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
