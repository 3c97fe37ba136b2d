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
  const std::vector<schedule::duration> due = all_of_it(schedule(1000, 3s, 0, 1));
  BOOST_TEST(due.size() == 3000U);
  for (std::size_t i = 0; i < due.size(); ++i) BOOST_REQUIRE(due[i] == std::chrono::milliseconds(i));
}

BOOST_AUTO_TEST_CASE(a_rate_that_no_clock_divides_does_not_drift) {
  const double rate = 29'999.7;
  const std::vector<schedule::duration> due = all_of_it(schedule(rate, 60s, 0, 1));
  BOOST_TEST(due.size() == static_cast<std::size_t>(rate * 60 + 1));
  for (std::size_t i = 0; i < due.size(); i += 997) {
    const double right = static_cast<double>(i) * 1e9 / rate;
    BOOST_REQUIRE(std::abs(static_cast<double>(due[i].count()) - right) <= 1);
  }
}

BOOST_AUTO_TEST_CASE(threads_share_each_arrival_once) {
  std::multiset<schedule::duration> parts;
  for (std::uint64_t thread = 0; thread < 3; ++thread)
    for (const schedule::duration due : all_of_it(schedule(777, 2s, thread, 3))) parts.insert(due);
  const std::vector<schedule::duration> whole = all_of_it(schedule(777, 2s, 0, 1));
  BOOST_TEST(std::vector<schedule::duration>(parts.begin(), parts.end()) == whole,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(less_than_one_a_second) {
  const std::vector<schedule::duration> due = all_of_it(schedule(0.5, 5s, 0, 1));
  BOOST_TEST(due.size() == 3U); // at 0, 2 and 4 s
}

BOOST_AUTO_TEST_CASE(the_number_of_an_arrival_is_that_in_the_whole_run) {
  schedule s(10, 1s, 2, 4);
  s.take();
  BOOST_TEST(s.taken() == 2U);
  s.take();
  BOOST_TEST(s.taken() == 6U);
}

BOOST_AUTO_TEST_CASE(cut_short_it_ends_there) {
  schedule s(1000, 10s, 0, 1);
  s.cut(5ms);
  BOOST_TEST(all_of_it(s).size() == 5U);
  s.cut(1h); // never made longer again
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
