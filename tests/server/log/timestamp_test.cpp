#include "server/log/timestamp.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::server;
using namespace std::chrono_literals;
using std::chrono::system_clock;

namespace {

system_clock::time_point at(std::chrono::milliseconds since_1970) {
  return system_clock::time_point{since_1970};
}

} // namespace

BOOST_AUTO_TEST_SUITE(log_timestamp)

BOOST_AUTO_TEST_CASE(times) {
  const struct {
    std::int64_t ms;
    std::string_view expected;
  } cases[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {1, "1970-01-01T00:00:00.001Z"},
      {999, "1970-01-01T00:00:00.999Z"},
      {-1, "1969-12-31T23:59:59.999Z"},
      {951'782'400'000, "2000-02-29T00:00:00.000Z"},
      {1'709'164'799'999, "2024-02-28T23:59:59.999Z"},
      {1'709'164'800'000, "2024-02-29T00:00:00.000Z"},
      {1'735'689'599'010, "2024-12-31T23:59:59.010Z"},
      {4'107'542'400'000, "2100-03-01T00:00:00.000Z"},
  };
  timestamp kept; // one object for all, so that an outdated second would show
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.ms) {
      BOOST_TEST(timestamp{}(at(std::chrono::milliseconds{c.ms})) == c.expected);
      BOOST_TEST(kept(at(std::chrono::milliseconds{c.ms})) == c.expected);
    }
}

BOOST_AUTO_TEST_CASE(the_kept_second_is_given_up_when_time_moves_either_way) {
  timestamp time;
  BOOST_TEST(time(at(1000ms)) == "1970-01-01T00:00:01.000Z");
  BOOST_TEST(time(at(1999ms)) == "1970-01-01T00:00:01.999Z");
  BOOST_TEST(time(at(1001ms)) == "1970-01-01T00:00:01.001Z");
  BOOST_TEST(time(at(2000ms)) == "1970-01-01T00:00:02.000Z");
  BOOST_TEST(time(at(999ms)) == "1970-01-01T00:00:00.999Z");
}

BOOST_AUTO_TEST_CASE(less_than_a_millisecond_is_cut_off) {
  timestamp time;
  BOOST_TEST(time(system_clock::time_point{999'999us}) == "1970-01-01T00:00:00.999Z");
  BOOST_TEST(time(system_clock::time_point{-1us}) == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_SUITE_END()
