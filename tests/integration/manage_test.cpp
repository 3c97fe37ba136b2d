// Staff and portals work on an invite after it was made, over HTTP against a real Redis.
#include "store/keys/keys.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"}) {
  return {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
}

struct desk {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};

  desk() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer make() {
    http_answer made = client.post_json(
        "/generate_invite",
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","phone":"+14155550123","provider_id":"clinic-1"})",
        as("clinician"));
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return made;
  }
};

BOOST_FIXTURE_TEST_SUITE(manage, desk)

BOOST_AUTO_TEST_CASE(a_revoked_invite_says_so_to_everybody) {
  const http_answer made = make();
  const std::string path = "/invites/" + made.json("ref");
  for (int again = 0; again < 2; ++again) {
    const http_answer revoked = client.request("POST", path + "/revoke", as("portal"));
    BOOST_TEST(revoked.status == 200);
    BOOST_TEST(revoked.json("state") == "revoked");
    BOOST_TEST(revoked.json("revoked_at") != "null");
  }
  const std::string link = "/invite/" + made.json("invite_id");
  BOOST_TEST(client.get(link).json("state") == "revoked");
  BOOST_TEST(client.get(link, {{"Accept", "text/html"}}).status == 410);
  const http_answer redeem = client.post_json(link + "/redeem", "{}");
  BOOST_TEST(redeem.status == 410);
  BOOST_TEST(redeem.json("code") == "revoked");
  BOOST_TEST(client.get(path + "/link", as("clinician")).json("code") == "revoked");
  BOOST_TEST(client.request("POST", path + "/end_session", as("clinician")).json("code") == "revoked");
}

BOOST_AUTO_TEST_CASE(a_request_is_ticked_off_and_comes_again_when_the_patient_asks_again) {
  const http_answer made = make();
  const std::string path = "/invites/" + made.json("ref");
  const std::string ask = "/invite/" + made.json("invite_id") + "/ask";
  const auto waits = [&] {
    return client.get("/invites?asked=true", as("clinician")).body.find(made.json("ref")) !=
           std::string::npos;
  };
  for (int round = 0; round < 2; ++round) {
    BOOST_TEST(client.request("POST", ask).status == 202);
    BOOST_TEST(waits());
    for (int again = 0; again < 2; ++again) {
      const http_answer cleared = client.request("POST", path + "/clear_asked", as("clinician"));
      BOOST_TEST(cleared.status == 200);
      BOOST_TEST(cleared.json("asked_at") == "null");
    }
    BOOST_TEST(!waits());
  }
}

BOOST_AUTO_TEST_CASE(the_server_counts_what_has_expired_meanwhile) {
  const std::string tag(store::group_key("due", store::group_of("clinic-1")));
  redis.command({"ZADD", tag, "1000", "0123456789abcdefclinic-1"}); // since 1970, as it were
  const std::string day(store::day_key(store::group_of("clinic-1"), 0));
  BOOST_TEST(wait_until([&] { return redis.command({"HGET", day, "expired|clinic-1"}) == "$1\r\n1\r\n"; }));
  BOOST_TEST(redis.command({"EXISTS", tag}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(the_log_names_caller_and_invite_without_a_link) {
  const http_answer made = make();
  client.get("/invites/" + made.json("invite_id") + "/link", as("clinician"));
  const std::string log = server.log();
  const std::size_t line = log.find(R"("route":"/invites/{ref}/link")");
  BOOST_REQUIRE(line != std::string::npos);
  BOOST_TEST(log.find(made.json("ref"), line) != std::string::npos);
  BOOST_TEST(log.find(made.json("invite_id")) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
