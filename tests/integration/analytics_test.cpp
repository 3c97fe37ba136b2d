// GET /analytics over HTTP, against a real Redis whose clock the test moves from three weeks ago to today.
#include "store/keys/keys.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/moved_clock.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/store_fixture.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <cstdio>

namespace invited::test {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"}) {
  return {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
}

std::string text_of(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int{date.year()}, unsigned{date.month()},
                unsigned{date.day()});
  return text.data();
}

struct weeks {
  const std::int64_t today = store_side::real_today();
  const std::int64_t first = today - 21;
  moved_clock clock{first * day_ms + day_ms / 2};
  redis_server redis{clock};
  test_server server{redis.url()};
  http_client client{server.port()};

  weeks() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer make(const std::string& provider = "clinic-1", const std::string& expires_in = "86400") {
    http_answer made =
        client.post_json("/generate_invite",
                         R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace",)"
                         R"("provider_id":")" +
                             provider + R"(","expires_in":)" + expires_in + "}",
                         as("admin", {}));
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return made;
  }
  http_answer count(const std::string& query, const http_fields& who) {
    return client.get("/analytics?" + query, who);
  }
  std::string range(std::int64_t from, std::int64_t to) {
    return "from=" + text_of(from) + "&to=" + text_of(to);
  }
};

BOOST_FIXTURE_TEST_SUITE(analytics_calls, weeks)

BOOST_AUTO_TEST_CASE(what_happened_is_counted_day_by_day) {
  const http_answer opened = make(), revoked = make();
  make();
  client.get("/invite/" + opened.json("invite_id"));
  clock.stand_at((first + 1) * day_ms);
  client.request("POST", "/invites/" + revoked.json("ref") + "/revoke", as("clinician"));
  BOOST_TEST(client.post_json("/invite/" + opened.json("invite_id") + "/redeem", "{}").status == 200);
  clock.stand_at((first + 10) * day_ms); // the third has expired long ago; perhaps no server has swept yet

  const http_answer told = count(range(first, first + 3), as("clinician"));
  BOOST_TEST(told.status == 200);
  BOOST_TEST(told.field("content-type") == "application/json");
  BOOST_TEST(told.json("provider_id") == "clinic-1");
  BOOST_TEST(told.json("from") == text_of(first) + "T00:00:00.000Z");
  BOOST_TEST(told.json("to") == text_of(first + 3) + "T00:00:00.000Z");
  BOOST_TEST(told.json("interval") == "day");
  const auto has = [&](const http_answer& a, const std::string& part) {
    BOOST_TEST(a.body.find(part) != a.body.npos, part << " in " << a.body);
  };
  has(told, R"("totals":{"created":3,"viewed":1,"redeemed":1,"revoked":1,"replaced":0,"expired":1,"lost":0,)"
            R"("locked":0,"asked":0},"pending_at_start":0,"pending_at_end":0,)"
            R"("rates":{"viewed":0.3333,"redeemed":0.3333,"expired":0.3333})");
  has(told, R"({"le_s":43200,"count":1})");
  has(told, R"("p50_s":43200,"p90_s":43200})");
  has(told,
      R"("series":[{"start":")" + text_of(first) + R"(T00:00:00.000Z","created":3,"viewed":1,"redeemed":0)");
  has(told,
      R"({"start":")" + text_of(first + 1) +
          R"(T00:00:00.000Z","created":0,"viewed":0,"redeemed":1,"revoked":1,"replaced":0,"expired":1)");
  const http_answer later = count(range(first + 1, first + 2), as("portal"));
  has(later, R"("pending_at_start":3,"pending_at_end":0)");
  const http_answer weekly = count(range(first - 7, first + 7) + "&interval=week", as("physician"));
  BOOST_TEST(weekly.json("interval") == "week");
  has(weekly, R"("totals":{"created":3,"viewed":1,"redeemed":1,)");
  const http_answer none = count(range(first + 3, first + 9), as("clinician"));
  has(none, R"("totals":{"created":0,)");
  has(none, R"("rates":{"viewed":null,"redeemed":null,"expired":null})");
  clock.stand_at(today * day_ms);
  BOOST_TEST(count("", as("clinician")).status == 200); // the last thirty days
  has(count("", as("clinician")), R"("totals":{"created":3,)");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
