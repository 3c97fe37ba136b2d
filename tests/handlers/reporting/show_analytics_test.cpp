// GET /analytics: whose numbers, which days, and the price. For the numbers themselves see store/counting.
#include "tests/handlers/desk.hpp"

#include <chrono>

namespace invited::test {
namespace {

struct counting : desk {
  using desk::desk;

  response count(std::string_view query, std::string_view as) {
    return get("/analytics?" + std::string(query), as);
  }
  response count(std::string_view query) { return count(query, grey); }

  /// A day as text, counted from today.
  static std::string day(int away) {
    const std::chrono::year_month_day d{
        std::chrono::sys_days(std::chrono::days(store_side::real_today() + away))};
    const auto two = [](unsigned n) { return (n < 10 ? "-0" : "-") + std::to_string(n); };
    return std::to_string(int{d.year()}) + two(unsigned{d.month()}) + two(unsigned{d.day()});
  }
  static std::string range(int from, int to) { return "from=" + day(from) + "&to=" + day(to); }
};

BOOST_FIXTURE_TEST_SUITE(show_analytics, counting)

BOOST_AUTO_TEST_CASE(a_days_numbers_are_complete) {
  const invite used = make(), gone = make();
  make();
  get(used.link);
  redeem(used);
  post(gone.item + "/revoke", grey);
  const response told_of = count(range(0, 1));
  const std::string begin = day(0) + "T00:00:00.000Z";
  constexpr std::string_view counts =
      R"("created":3,"viewed":1,"redeemed":1,"revoked":1,"replaced":0,"expired":0,)"
      R"("lost":0,"locked":0,"asked":0)";
  BOOST_TEST(told_of.body.starts_with(
                 R"({"provider_id":"clinic-1","from":")" + begin + R"(","to":")" + day(1) +
                 R"(T00:00:00.000Z","interval":"day","totals":{)" + std::string(counts) +
                 R"(},"pending_at_start":0,"pending_at_end":1,"rates":{"viewed":0.5000,"redeemed":0.5000,)"
                 R"("expired":0.0000},"time_to_redeem":{"buckets":[{"le_s":60,"count":1},)"),
             told_of.body);
  BOOST_TEST(told_of.body.ends_with(R"("p50_s":60,"p90_s":60},"series":[{"start":")" + begin + "\"," +
                                    std::string(counts) + "}]}"),
             told_of.body);
  BOOST_TEST(told_of.content_type == "application/json");
  BOOST_TEST(told_of.no_store);
  BOOST_TEST(std::string_view(told_of.provider) == "clinic-1");
}

BOOST_AUTO_TEST_CASE(days_without_events_are_listed_too) {
  const response usual = count("");
  BOOST_TEST(member(usual, "from") == day(-29) + "T00:00:00.000Z");
  BOOST_TEST(member(usual, "to") == day(1) + "T00:00:00.000Z");
  BOOST_TEST(parts_of(usual.body, R"({"start":)").size() == 30U);
  BOOST_TEST(contains(usual.body, R"("rates":{"viewed":null,"redeemed":null,"expired":null})"));
  BOOST_TEST(contains(usual.body, R"("p50_s":null,"p90_s":null)"));
  const response weekly = count(range(-20, 1) + "&interval=week");
  const std::size_t weeks = parts_of(weekly.body, R"({"start":)").size();
  BOOST_TEST((weeks == 3U || weeks == 4U));
  BOOST_TEST(count(range(5, 9)).status == 200U); // days to come
}

BOOST_AUTO_TEST_CASE(several_providers_are_added_up_and_each_must_be_the_callers_own) {
  make("", "clinic-1");
  make("", "clinic-2");
  make("", "clinic-2");
  const std::string two = bearer("portal", {"clinic-1", "clinic-2"});
  const response both = count("provider_id=clinic-1,clinic-2,clinic-1", two);
  BOOST_TEST(member(both, "provider_id") == "clinic-1,clinic-2");
  BOOST_TEST(member(both, "created") == "3");
  BOOST_TEST(std::string_view(both.provider) == "");
  BOOST_TEST(member(count("provider_id=clinic-2", two), "created") == "2");
  BOOST_TEST(told(count("", two)) == "422 invalid_content /provider_id:required");
  BOOST_TEST(told(count("", admin)) == "422 invalid_content /provider_id:required");
  for (const std::string_view role : {"clinician", "physician", "portal"})
    for (const std::string_view foreign : {"clinic-2", "clinic-1,clinic-2"})
      BOOST_TEST(told(count("provider_id=" + std::string(foreign), bearer(role))) == "403 foreign_provider");
  BOOST_TEST(told(get("/analytics")) == "401 unauthorized");
}

BOOST_AUTO_TEST_CASE(each_wrong_parameter_is_pointed_at) {
  std::string twenty_one = "provider_id=p0";
  for (int i = 1; i <= 20; ++i) twenty_one += ",p" + std::to_string(i);
  const std::pair<std::string, std::string_view> cases[] = {
      {"provider_id=a%20b&from=1&to=2&interval=hour&sum=1",
       "422 invalid_content /sum:unknown_field /provider_id:forbidden_character /to:invalid_day "
       "/from:invalid_day "
       "/interval:invalid_interval"},
      {twenty_one, "422 invalid_content /provider_id:too_many"},
      {"provider_id=clinic-1,", "422 invalid_content /provider_id:empty"},
      {"provider_id=,", "422 invalid_content /provider_id:empty"},
      {range(-100, 1), "422 invalid_content /to:out_of_range"},
      {range(0, 0), "422 invalid_content /to:out_of_range"},
      {range(0, -1), "422 invalid_content /to:out_of_range"},
      {range(-400, -390), "422 invalid_content /from:out_of_range"},
      {"from=" + day(1), "422 invalid_content /from:out_of_range"},
      {"from=" + day(0) + "T12:00:00Z", "422 invalid_content /from:invalid_day"},
      {"from=%ff", "400 malformed_query"}};
  for (const auto& [query, wanted] : cases) BOOST_TEST(told(count(query)) == wanted, query);
  BOOST_TEST(is_untouched());
}

BOOST_AUTO_TEST_SUITE_END()

struct few_units : counting {
  few_units() : counting(call_limits{.staff = 40}) {}
};

BOOST_FIXTURE_TEST_CASE(numbers_cost_their_days_and_their_providers, few_units) {
  std::string twenty = "d0";
  std::vector<std::string> providers{"d0"};
  for (int i = 1; i < 20; ++i) {
    providers.push_back("d" + std::to_string(i));
    twenty += ',' + providers.back();
  }
  BOOST_TEST(told(count("provider_id=" + twenty, bearer("portal", providers, "d"))) == "429 rate_limited");
  for (int i = 0; i < 10; ++i) BOOST_TEST(count("").status == 200U); // four units each
  BOOST_TEST(told(count("")) == "429 rate_limited");
}

} // namespace
} // namespace invited::test
