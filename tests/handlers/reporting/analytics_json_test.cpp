#include "handlers/reporting/analytics_json.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using store::event;

constexpr std::int64_t monday = 20'479; // 2026-01-26

store::event_counts some(std::int64_t created, std::int64_t redeemed, std::int64_t expired = 0) {
  return {{created, 0, redeemed, 0, 0, expired, 0, 0, 0}};
}

std::vector<std::int64_t> starts(const std::vector<interval_counts>& series) {
  std::vector<std::int64_t> found;
  for (const interval_counts& part : series) found.push_back(part.start);
  return found;
}

BOOST_AUTO_TEST_SUITE(analytics_json)

BOOST_AUTO_TEST_CASE(the_answer_as_a_whole) {
  analytics_input asked;
  asked.providers = {"clinic-1", "clinic-2"};
  asked.range = {monday, monday + 2};
  store::activity found;
  found.days = {{{5, 4, 1, 1, 1, 0, 2, 3, 6}}, some(1, 0)};
  found.pending_at_end = 7;
  found.redeem_times = {{60, 0}, {300, 1}};
  std::string out;
  append_analytics(out, asked, found);
  BOOST_TEST(
      out ==
      R"({"provider_id":"clinic-1,clinic-2","from":"2026-01-26T00:00:00.000Z","to":"2026-01-28T00:00:00.000Z",)"
      R"("interval":"day",)"
      R"("totals":{"created":6,"viewed":4,"redeemed":1,"revoked":1,"replaced":1,"expired":0,"lost":2,"locked":3,"asked":6},)"
      R"("pending_at_start":4,"pending_at_end":7,"rates":{"viewed":1.3333,"redeemed":0.3333,"expired":0.0000},)"
      R"("time_to_redeem":{"buckets":[{"le_s":60,"count":0},{"le_s":300,"count":1}],"p50_s":300,"p90_s":300},)"
      R"("series":[{"start":"2026-01-26T00:00:00.000Z","created":5,"viewed":4,"redeemed":1,"revoked":1,"replaced":1,"expired":0,"lost":2,"locked":3,"asked":6},)"
      R"({"start":"2026-01-27T00:00:00.000Z","created":1,"viewed":0,"redeemed":0,"revoked":0,"replaced":0,"expired":0,"lost":0,"locked":0,"asked":0}]})");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_computed_is_null) {
  analytics_input asked;
  asked.providers = {"clinic-1"};
  asked.range = {monday, monday + 1};
  store::activity found;
  found.days = {some(3, 0)};
  found.redeem_times = {{60, 0}};
  std::string out;
  append_analytics(out, asked, found);
  BOOST_TEST(out.find(R"("rates":{"viewed":null,"redeemed":null,"expired":null})") != out.npos);
  BOOST_TEST(out.find(R"("p50_s":null,"p90_s":null)") != out.npos);
}

BOOST_AUTO_TEST_CASE(weeks_start_on_monday_and_hold_what_is_in_the_range) {
  store::activity found;
  for (int i = 0; i < 10; ++i)
    found.days.push_back(some(1 << i, 0)); // a Saturday up to the Monday after next
  const auto series = series_of(found, monday - 2, interval::week);
  BOOST_TEST((starts(series) == std::vector<std::int64_t>{monday - 7, monday, monday + 7}));
  BOOST_TEST(series[0].counts[event::created] == 3);
  BOOST_TEST(series[1].counts[event::created] == 508);
  BOOST_TEST(series[2].counts[event::created] == 512);
  store::event_counts sum;
  for (const interval_counts& part : series) sum += part.counts;
  BOOST_TEST((sum.of == found.totals().of));
  BOOST_TEST(series_of(found, 0, interval::week).front().start == -3); // 1970 began on a Thursday
  BOOST_TEST(series_of(found, -3, interval::week).front().start == -3);
  BOOST_TEST(series_of(found, -4, interval::week).front().start == -10);
  BOOST_TEST(series_of(found, monday, interval::day).size() == 10u);
}

BOOST_AUTO_TEST_CASE(a_percentile_is_the_end_of_its_bucket) {
  const auto of = [](std::vector<std::int64_t> counts, std::int64_t percent) {
    std::vector<store::redeem_time> times;
    for (const std::int64_t n : counts) times.push_back({std::ssize(times) + 1, n});
    return percentile(times, percent);
  };
  BOOST_TEST((of({}, 50) == std::nullopt));
  BOOST_TEST((of({0, 0}, 50) == std::nullopt));
  BOOST_TEST((of({0, 1}, 50) == 2));
  BOOST_TEST((of({5, 5}, 50) == 1));
  BOOST_TEST((of({5, 6}, 50) == 2));
  BOOST_TEST((of({9, 0, 1}, 90) == 1));
  BOOST_TEST((of({9, 0, 2}, 90) == 3));
  BOOST_TEST((of({0, 1, 0}, 90) == 2));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
