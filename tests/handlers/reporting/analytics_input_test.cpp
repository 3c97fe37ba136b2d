#include "handlers/reporting/analytics_input.hpp"
#include "tests/handlers/auth/query_faults.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <iterator>

namespace invited::handlers {
namespace {

using test::speaks_for;

constexpr std::int64_t today = 20'484; // 2026-01-31

result<void> read(std::string_view query, const principal& who = speaks_for({"clinic-1"})) {
  analytics_input input;
  return read_analytics(query, who, today, input);
}
std::vector<std::string> faults(std::string_view query) {
  return test::faults_of(read(query));
}

BOOST_AUTO_TEST_SUITE(analytics_inputs)

BOOST_AUTO_TEST_CASE(an_empty_query_means_the_last_thirty_days_of_the_only_provider) {
  const principal who = speaks_for({"clinic-1"});
  analytics_input input;
  BOOST_TEST(read_analytics("", who, today, input).has_value());
  BOOST_TEST(input.providers.size() == 1u);
  BOOST_TEST(input.providers.front() == "clinic-1");
  BOOST_TEST(input.range.from == today - 29);
  BOOST_TEST(input.range.to == today + 1);
  BOOST_TEST((input.every == interval::day));
}

BOOST_AUTO_TEST_CASE(a_full_query) {
  const principal who = speaks_for({});
  analytics_input input;
  BOOST_TEST(
      read_analytics("provider_id=clinic-2,clinic-1,clinic-2&from=2026-01-01&to=2026-01-31T00%3A00%3A00.000Z"
                     "&interval=week",
                     who, today, input)
          .has_value());
  BOOST_TEST(input.providers.size() == 2u);
  BOOST_TEST(input.providers[0] == "clinic-2");
  BOOST_TEST(input.providers[1] == "clinic-1");
  BOOST_TEST(input.range.from == today - 30);
  BOOST_TEST(input.range.to == today);
  BOOST_TEST((input.every == interval::week));
}

BOOST_AUTO_TEST_CASE(one_end_of_the_range_is_enough) {
  const principal who = speaks_for({"clinic-1"});
  analytics_input since, until;
  BOOST_TEST(read_analytics("from=2026-01-30", who, today, since).has_value());
  BOOST_TEST(since.range.from == today - 1);
  BOOST_TEST(since.range.to == today + 1);
  BOOST_TEST(read_analytics("to=2026-01-30T01:00:00%2B01:00", who, today, until).has_value());
  BOOST_TEST(until.range.from == today - 31);
  BOOST_TEST(until.range.to == today - 1);
}

BOOST_AUTO_TEST_CASE(a_zone_needs_no_escaping) {
  analytics_input input;
  BOOST_TEST(
      read_analytics("to=2026-01-30T01:00:00+01:00", speaks_for({"clinic-1"}), today, input).has_value());
  BOOST_TEST(input.range.to == today - 1);
}

BOOST_AUTO_TEST_CASE(the_widest_range_and_the_oldest_day) {
  BOOST_TEST(faults("from=2026-01-01&to=2026-04-11").empty()); // 100 days, some of them to come
  BOOST_TEST(faults("from=2024-12-28&to=2024-12-29").empty()); // 400 days, counting today
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_is_named_at_once) {
  const principal two = speaks_for({"clinic-1", "clinic-2"});
  const std::vector<std::string> wanted = {"/color unknown_field", "/provider_id required",
                                           "/from invalid_day", "/to invalid_day",
                                           "/interval invalid_interval"};
  const auto found = test::faults_of(read("from=yesterday&to=2026-02-30&interval=hour&color=red", two));
  BOOST_TEST(found.size() == wanted.size());
  for (const std::string& one : wanted)
    BOOST_TEST_CONTEXT(one) BOOST_TEST((std::find(found.begin(), found.end(), one) != found.end()));
}

BOOST_AUTO_TEST_CASE(each_fault_is_named_alone) {
  const test::query_fault rows[] = {
      {"from=2026-01-31&to=2026-01-31", "/to out_of_range"},
      {"from=2026-01-31&to=2026-01-30", "/to out_of_range"},
      {"from=2026-02-01", "/from out_of_range"}, // after today
      {"from=2026-01-01&to=2026-04-12", "/to out_of_range"},
      {"from=2025-10-01", "/from out_of_range"}, // more than 100 days until today
      {"from=2024-12-27&to=2024-12-29", "/from out_of_range"},
      {"to=2024-12-29", "/to out_of_range"},
      {"from=0000-01-01&to=9999-12-31", "/to out_of_range"},
      {"from=2026-01-01T00:00:00.001Z", "/from invalid_day"},
      {"from=2026-01-01T00:00:00%2B01:00", "/from invalid_day"},
      {"from=%20", "/from invalid_day"},
      {"to=1769817600", "/to invalid_day"},
      {"to=2026-01-30&to=2026-01-30", "/to duplicate_field"},
      {"interval=%20", "/interval invalid_interval"},
      {"interval=DAY", "/interval invalid_interval"},
      {"provider_id=clinic%201", "/provider_id forbidden_character"},
      {"provider_id=clinic-1&provider_id=clinic-1", "/provider_id duplicate_field"},
      {"provider_id=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21", "/provider_id too_many"},
      {"provider_id=%ff", "malformed_query"},
  };
  test::check_faults(rows, [](std::string_view query) { return read(query); });
  for (const std::string_view empty : {"provider_id=,", "provider_id=clinic-1,", "provider_id=,a"})
    BOOST_TEST_CONTEXT(empty) BOOST_TEST(faults(empty).size() == 1u);
  BOOST_TEST(faults("provider_id=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,20,1").empty());
  BOOST_TEST(test::faults_of(read("", speaks_for({}))).front() == "/provider_id required"); // an admin
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
