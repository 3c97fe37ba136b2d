// What a core counts of its requests.
#include "handlers/http/call_tallies.hpp"
#include "handlers/http/response.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

namespace invited::handlers {
namespace {

using std::chrono::microseconds;

BOOST_AUTO_TEST_SUITE(call_tally_suite)

BOOST_AUTO_TEST_CASE(every_status_has_a_slot_of_its_own) {
  std::vector<bool> taken(status_slots::count);
  for (unsigned status = 0; status < 700; ++status) {
    const std::size_t slot = status_slots::of(status);
    BOOST_REQUIRE(slot < status_slots::count);
    BOOST_TEST((slot == 0) == reason_phrase(status).empty());
    if (slot == 0) continue;
    BOOST_TEST(!taken[slot]);
    taken[slot] = true;
  }
}

BOOST_AUTO_TEST_CASE(durations_fall_into_the_first_bucket_that_holds_them) {
  call_tally tally;
  for (const std::int64_t us : {-5, 0, 500, 501, 1000, 2'500'000, 2'500'001, 1'000'000'000})
    tally.add(200, microseconds(us));
  const std::size_t last = call_tally::bounds_us.size();
  BOOST_TEST(tally.in_bucket(0) == 3U);
  BOOST_TEST(tally.in_bucket(1) == 2U);
  BOOST_TEST(tally.in_bucket(last - 1) == 1U);
  BOOST_TEST(tally.in_bucket(last) == 2U);
  BOOST_TEST(tally.total_us() == 0U + 500 + 501 + 1000 + 2'500'000 + 2'500'001 + 1'000'000'000);
  BOOST_TEST(tally.answered(status_slots::of(200)) == 8U);
}

BOOST_AUTO_TEST_CASE(what_met_no_route_is_counted_apart) {
  call_tallies tallies(2);
  BOOST_TEST(tallies.size() == 3U);
  tallies.add(0, 200, microseconds(1));
  tallies.add(response::unrouted, 404, microseconds(1));
  tallies.add(2, 404, microseconds(1));
  tallies.add(3, 299, microseconds(1));
  BOOST_TEST(tallies.line(0).answered(status_slots::of(200)) == 1U);
  BOOST_TEST(tallies.line(2).answered(status_slots::of(404)) == 2U);
  BOOST_TEST(tallies.line(2).answered(0) == 1U);
}

BOOST_AUTO_TEST_CASE(another_thread_may_read_while_it_counts) {
  call_tallies tallies(1);
  std::thread writer([&tallies] {
    for (int i = 0; i < 20'000; ++i) tallies.add(0, 200, microseconds(i));
  });
  std::uint64_t seen = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t now = tallies.line(0).answered(status_slots::of(200));
    BOOST_REQUIRE(now >= seen);
    seen = now;
  }
  writer.join();
  BOOST_TEST(tallies.line(0).answered(status_slots::of(200)) == 20'000U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
