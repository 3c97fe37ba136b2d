// Providers' settings: who may see and change them, and that a change soon applies everywhere.
#include "store/keys/keys.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

constexpr std::string_view ada =
    R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})";

http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"}) {
  return {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
}
http_fields as_admin() {
  return as("admin", {});
}

struct with_providers {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};

  with_providers() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer put(std::string_view id, std::string_view body, http_fields fields = as_admin()) {
    fields.emplace_back("Content-Type", "application/json");
    return client.request("PUT", "/providers/" + std::string(id), fields, body);
  }
  http_answer make(http_client& by) { return by.post_json("/generate_invite", ada, as("clinician")); }
  http_answer make() { return make(client); }
};

BOOST_FIXTURE_TEST_SUITE(providers, with_providers)

BOOST_AUTO_TEST_CASE(limits_and_ttl_apply_at_once_where_they_were_set_and_soon_elsewhere) {
  // One thread each, so that a request always meets the core that knows.
  test_server first(redis.url(), {"--threads=1"}), second(redis.url(), {"--threads=1"});
  BOOST_REQUIRE(first.wait_ready());
  BOOST_REQUIRE(second.wait_ready());
  http_client here(first.port()), there(second.port());
  const auto policy = [](const http_answer& a) { return a.field("ratelimit-policy"); };
  const auto set = [&here](std::string_view body) {
    http_fields fields = as_admin();
    fields.emplace_back("Content-Type", "application/json");
    return here.request("PUT", "/providers/clinic-1", fields, body).status == 200;
  };
  constexpr std::chrono::seconds soon{5};
  BOOST_TEST(policy(make(here)) == R"("create";q=1000;w=20)");
  BOOST_TEST(policy(make(there)) == R"("create";q=1000;w=20)");

  // A slow machine may have got both of the spent ones back by now.
  BOOST_REQUIRE(set(R"({"rate":0.001,"burst":3,"expires_in":3600})"));
  http_answer refused;
  for (int granted = 0; granted <= 3; ++granted) {
    refused = make(here);
    BOOST_TEST(policy(refused) == R"("create";q=3;w=3000)");
    if (refused.status != 200) break;
  }
  BOOST_TEST(refused.status == 429);
  // By the policy: a quick machine uses up the thousand of before while it waits.
  BOOST_TEST(wait_until([&] { return policy(make(there)) == R"("create";q=3;w=3000)"; }, soon));

  BOOST_REQUIRE(set(R"({"rate":1000,"burst":500})")); // no earlier denial is remembered
  BOOST_TEST(policy(make(here)) == R"("create";q=500;w=1)");
  BOOST_TEST(wait_until([&] { return make(here).status == 200; }, soon));
  BOOST_TEST(wait_until([&] { return policy(make(there)) == R"("create";q=500;w=1)"; }, soon));
  BOOST_TEST(wait_until([&] { return make(there).status == 200; }, soon));

  BOOST_REQUIRE(set("{}"));
  BOOST_TEST(policy(make(here)) == R"("create";q=1000;w=20)");
}

BOOST_AUTO_TEST_CASE(the_ttl_is_the_callers_then_the_providers_then_the_servers) {
  const auto lives = [this](std::string_view expires_in) {
    std::string body(ada);
    if (!expires_in.empty()) body.insert(1, "\"expires_in\":" + std::string(expires_in) + ",");
    const http_answer made = client.post_json("/generate_invite", body, as("clinician"));
    BOOST_REQUIRE(made.status == 200);
    const std::string id = made.json("ref").substr(6);
    const store::group g = store::group_of("clinic-1");
    const std::string key = std::string(store::group_key("inv", g)) + ":" + id;
    const long ms = std::stol(redis.command({"PTTL", key}).substr(1));
    return (ms + 59'999) / 60'000; // minutes
  };
  BOOST_TEST(lives("") == 14 * 24 * 60);
  const auto everywhere = [&](long minutes) {
    return wait_until([&] { return lives("") == minutes && lives("") == minutes; }, std::chrono::seconds(10));
  };
  BOOST_REQUIRE(put("clinic-1", R"({"expires_in":600})").status == 200);
  BOOST_TEST(everywhere(10));
  BOOST_TEST(lives("1200") == 20);
}

BOOST_AUTO_TEST_CASE(patients_see_whom_to_call) {
  BOOST_REQUIRE(put("clinic-1", R"({"name":"Grey \u0026 Sloan","phone":"+14155550123"})").status == 200);
  const std::string path = "/invite/" + make().json("invite_id");
  http_client fresh(server.port()); // on either core
  const http_answer json = fresh.get(path);
  BOOST_TEST(json.body.find(R"("provider":{"name":"Grey & Sloan","phone":"+14155550123"})") !=
             json.body.npos);
  const http_fields browser = {{"Accept", "text/html"}};
  constexpr std::string_view call = "<p>Call <bdi>Grey &amp; Sloan</bdi>:</p>\n"
                                    "<p><a class=\"phone\" href=\"tel:+14155550123\">";
  BOOST_TEST(fresh.get(path, browser).body.find(call) != std::string::npos);
  BOOST_TEST(fresh.post_json(path + "/redeem", "{}").status == 200);
  const http_answer used = fresh.get(path, browser);
  BOOST_TEST(used.status == 410);
  BOOST_TEST(used.body.find(call) != std::string::npos);
  const http_answer late =
      fresh.request("POST", path + "/redeem", {{"Content-Type", "application/x-www-form-urlencoded"}}, "");
  BOOST_TEST(late.status == 409);
  BOOST_TEST(late.body.find(call) != std::string::npos);
  const http_answer refused = fresh.post_json(path + "/redeem", "{}");
  BOOST_TEST(refused.json("code") == "already_redeemed");
  BOOST_TEST(refused.body.find(R"("provider":{"name":"Grey & Sloan","phone":"+14155550123"})") !=
             refused.body.npos);
}

BOOST_AUTO_TEST_CASE(the_audit_has_each_change_and_redis_shows_nobodys_name) {
  BOOST_REQUIRE(put("clinic-1", R"({"burst":5})").status == 200);
  const std::string key(store::group_key("aud", store::group_of("clinic-1")));
  const std::string entries = redis.command({"XRANGE", key, "-", "+"});
  BOOST_TEST(entries.find("$1\r\na\r\n$1\r\nt\r\n") != entries.npos);
  BOOST_TEST(entries.find("dr.grey") == entries.npos);
  const http_answer audit = client.get("/audit?provider_id=clinic-1", as_admin());
  BOOST_TEST(audit.body.find(R"("actor":"dr.grey")") != audit.body.npos);
  BOOST_TEST(audit.body.find(R"("action":"settings_changed")") != audit.body.npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
