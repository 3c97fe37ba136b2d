// Arrivals come at the given rate, each in one thread, and rounding does not add up.
#include "bench/generator/schedule.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <vector>

namespace invited::bench {
namespace {

using namespace std::chrono_literals;

std::vector<schedule::duration> all_of_it(schedule s) {
  std::vector<schedule::duration> out;
  while (const std::optional<schedule::duration> due = s.take()) out.push_back(*due);
  return out;
}

BOOST_AUTO_TEST_SUITE(arrivals)

BOOST_AUTO_TEST_CASE(a_constant_rate) {
  const std::vector<schedule::duration> due = all_of_it(schedule({{3s, 1000}}, 0, 1));
  BOOST_TEST(due.size() == 3000U);
  for (std::size_t i = 0; i < due.size(); ++i) BOOST_REQUIRE(due[i] == std::chrono::milliseconds(i));
}

BOOST_AUTO_TEST_CASE(a_rate_that_no_clock_divides_does_not_drift) {
  const double rate = 29'999.7;
  const std::vector<schedule::duration> due = all_of_it(schedule({{60s, rate}}, 0, 1));
  BOOST_TEST(due.size() == static_cast<std::size_t>(rate * 60 + 1));
  for (std::size_t i = 0; i < due.size(); i += 997) {
    const double right = static_cast<double>(i) * 1e9 / rate;
    BOOST_REQUIRE(std::abs(static_cast<double>(due[i].count()) - right) <= 1);
  }
}

BOOST_AUTO_TEST_CASE(threads_share_each_arrival_once) {
  std::multiset<schedule::duration> parts;
  for (std::uint64_t thread = 0; thread < 3; ++thread)
    for (const schedule::duration due : all_of_it(schedule({{2s, 777}}, thread, 3))) parts.insert(due);
  const std::vector<schedule::duration> whole = all_of_it(schedule({{2s, 777}}, 0, 1));
  BOOST_TEST(std::vector<schedule::duration>(parts.begin(), parts.end()) == whole,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(less_than_one_a_second) {
  const std::vector<schedule::duration> due = all_of_it(schedule({{5s, 0.5}}, 0, 1));
  BOOST_TEST(due.size() == 3U); // at 0, 2 and 4 s
}

BOOST_AUTO_TEST_CASE(the_number_of_an_arrival_is_that_in_the_whole_run) {
  schedule s({{1s, 10}}, 2, 4);
  s.take();
  BOOST_TEST(s.taken() == 2U);
  s.take();
  BOOST_TEST(s.taken() == 6U);
}

BOOST_AUTO_TEST_CASE(cut_short_it_ends_there) {
  schedule s({{10s, 1000}}, 0, 1);
  s.cut(5ms);
  BOOST_TEST(all_of_it(s).size() == 5U);
  s.cut(1h); // never made longer again
  BOOST_TEST(all_of_it(s).size() == 5U);
}

BOOST_AUTO_TEST_CASE(a_stage_begins_where_the_one_before_ends) {
  const std::vector<schedule::duration> due = all_of_it(schedule({{1s, 2}, {2s, 1}, {500ms, 4}}, 0, 1));
  const std::vector<schedule::duration> right = {0ms, 500ms, 1000ms, 2000ms, 3000ms, 3250ms};
  BOOST_TEST(due == right, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_stage_shorter_than_its_pause_has_one_arrival) {
  const std::vector<schedule::duration> due = all_of_it(schedule({{100ms, 0.5}, {100ms, 0.5}}, 0, 1));
  const std::vector<schedule::duration> right = {0ms, 100ms};
  BOOST_TEST(due == right, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(threads_share_each_arrival_of_uneven_stages_once) {
  const std::vector<stage> stages = {{1s, 777.7}, {333ms, 29'999.7}, {1s, 0.3}, {2s, 3}};
  std::multiset<schedule::duration> parts;
  std::set<std::uint64_t> numbers;
  for (std::uint64_t thread = 0; thread < 5; ++thread) {
    schedule mine(stages, thread, 5);
    while (const std::optional<schedule::duration> due = mine.take()) {
      parts.insert(*due);
      BOOST_REQUIRE(numbers.insert(mine.taken()).second);
    }
  }
  const std::vector<schedule::duration> whole = all_of_it(schedule(stages, 0, 1));
  BOOST_TEST(std::vector<schedule::duration>(parts.begin(), parts.end()) == whole,
             boost::test_tools::per_element());
  BOOST_TEST(*numbers.rbegin() == whole.size() - 1);
}

BOOST_AUTO_TEST_CASE(as_many_arrive_as_are_counted) {
  for (const double rate : {0.001, 0.3, 1.0, 3.0, 29'999.7, 1e6 / 3})
    for (const schedule::duration length : {1ns, 333'333'333ns, 1'000'000'000ns, 3'000'000'001ns})
      BOOST_TEST(all_of_it(schedule({{length, rate}}, 0, 1)).size() == arrivals_of({length, rate}));
}

BOOST_AUTO_TEST_CASE(cut_within_a_stage_no_later_one_begins) {
  schedule s({{1s, 10}, {1s, 10}}, 0, 1);
  s.cut(450ms);
  BOOST_TEST(all_of_it(s).size() == 5U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::bench

namespace std::chrono { // for Boost.Test's messages
inline std::ostream& operator<<(std::ostream& out, nanoseconds d) {
  return out << d.count() << " ns";
}
} // namespace std::chrono
