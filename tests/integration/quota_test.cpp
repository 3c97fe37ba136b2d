// How much one caller, one provider and one address may cost all others.
#include "store/crypto/base64url.hpp"
#include "store/keys/keys.hpp"
#include "tests/integration/bulk_calls.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

http_fields bearer(std::string_view role, std::vector<std::string> providers, std::string_view subject) {
  return {{"Authorization", "Bearer " + staff_token(role, std::move(providers), subject)}};
}

struct limited {
  redis_server redis;
  test_server server;
  http_client client;

  explicit limited(std::vector<std::string> flags)
      : server(redis.url(), std::move(flags)), client(server.port()) {
    BOOST_REQUIRE(server.wait_ready());
  }

  int status(std::string_view path, const http_fields& fields = {}) {
    return client.get(path, fields).status;
  }

  /// How many calls in a row are 200 before one is 429.
  int until_refused(std::string_view path, const http_fields& fields) {
    for (int n = 0; n < 1000; ++n) {
      const int got = status(path, fields);
      if (got == 429) return n;
      BOOST_REQUIRE(got == 200);
    }
    return 1000;
  }
};

struct few_units : limited {
  few_units() : limited({"--staff-rate=0.001", "--staff-burst=40"}) {}
};

/// Entries in all groups' audit.
std::size_t audited(redis_server& redis, std::string_view provider) {
  const std::string key(store::group_key("aud", store::group_of(provider)));
  return std::stoul(redis.command({"XLEN", key}).substr(1));
}

BOOST_AUTO_TEST_SUITE(quotas)

BOOST_FIXTURE_TEST_CASE(a_caller_has_a_quota_and_is_refused_as_a_creator_is, few_units) {
  const http_fields grey = bearer("clinician", {"clinic-1"}, "dr.grey");
  BOOST_TEST(until_refused("/invites", grey) == 40);
  const http_answer refused = client.get("/invites", grey);
  BOOST_TEST(refused.json("code") == "rate_limited");
  BOOST_TEST(refused.field("ratelimit-policy") == R"("staff";q=40;w=40000)");
  BOOST_TEST(refused.field("ratelimit").starts_with(R"("staff";r=0;t=)"));
  BOOST_TEST(!refused.field("retry-after").empty());
  // Every other staff call is refused, too. Making invites has a bucket of its own.
  for (const std::string_view path :
       {"/audit", "/analytics", "/providers", "/users/me", "/invites/inv_4c99e8f0595671d4160c976b55bc63b5fc"})
    BOOST_TEST(status(path, grey) == 429, path);
  BOOST_TEST(client.post_json("/generate_invite", row("Ada"), grey).status == 200);
  BOOST_TEST(client.post_json("/generate_invites", rows({row("Eve")}), grey).status == 200);
  BOOST_TEST(status("/invites", bearer("clinician", {"clinic-2"}, "dr.yang")) == 200); // another caller
}

BOOST_FIXTURE_TEST_CASE(whoever_invents_callers_is_stopped_by_the_providers_quota, few_units) {
  int passed = 0;
  for (int i = 0; i < 60; ++i)
    passed += status("/invites", bearer("portal", {"clinic-1"}, "user-" + std::to_string(i))) == 200;
  BOOST_TEST(passed == 40);
  // An admin names the provider in the call.
  BOOST_TEST(status("/invites?provider_id=clinic-1", bearer("admin", {}, "root")) == 429);
  BOOST_TEST(status("/invites?provider_id=clinic-2", bearer("admin", {}, "root")) == 200);
}

BOOST_FIXTURE_TEST_CASE(a_call_costs_what_it_reads, few_units) {
  // A search is charged for a thousand ledgers, and gets back those that did not have to be read.
  BOOST_TEST(until_refused("/invites?email=ada@example.org", bearer("clinician", {"a"}, "a")) == 30);
  BOOST_TEST(until_refused("/audit", bearer("clinician", {"b"}, "b")) == 3);
  BOOST_TEST(until_refused("/analytics", bearer("clinician", {"c"}, "c")) == 10);
  std::string twenty = "d0";
  std::vector<std::string> providers{"d0"};
  for (int i = 1; i < 20; ++i) {
    providers.push_back("d" + std::to_string(i));
    twenty += ',' + providers.back();
  }
  BOOST_TEST(until_refused("/analytics?provider_id=" + twenty, bearer("portal", providers, "d")) == 0);
}

BOOST_FIXTURE_TEST_CASE(refusals_are_paid_for_by_the_refused_caller, few_units) {
  const http_fields grey = bearer("clinician", {"clinic-1"}, "dr.grey");
  int forbidden = 0;
  for (int i = 0; i < 100; ++i) forbidden += status("/invites?provider_id=victim", grey) == 403;
  BOOST_TEST(forbidden == 20); // two units each
  for (int i = 0; i < 100; ++i) {
    const int got = client.post_json("/generate_invite", row("Ada", "victim"), grey).status;
    BOOST_TEST((got == 403 || got == 429));
  }
  BOOST_TEST(audited(redis, "clinic-1") <= 21u);
  BOOST_TEST(audited(redis, "victim") == 0u);
  BOOST_TEST(until_refused("/invites", bearer("clinician", {"victim"}, "v")) == 40);
}

BOOST_AUTO_TEST_CASE(a_strangers_calls_are_limited_by_address) {
  limited l({"--address-rate=5"});
  int passed = 0;
  for (int i = 0; i < 40; ++i) passed += l.status("/healthz") == 200;
  BOOST_TEST(passed < 40);
  const http_answer refused = [&] {
    while (true) {
      http_answer a = l.client.get("/nothing");
      if (a.status == 429) return a;
    }
  }();
  BOOST_TEST(refused.json("code") == "rate_limited");
  BOOST_TEST(!refused.field("retry-after").empty());
  BOOST_TEST(wait_until([&] { return l.status("/healthz") == 200; })); // a fifth of a second later
  for (int i = 0; i < 40; ++i) // the calls of a portal come from one address
    BOOST_TEST(l.client.post_json("/generate_invite", row("Ada"), as("portal")).status == 200);
  for (int i = 0; i < 40; ++i)
    BOOST_TEST(l.status("/invite/00000000-0000-4000-8000-000000000000") ==
               404); // under --patient-rate instead
}

BOOST_AUTO_TEST_CASE(a_trusted_proxy_that_asks_for_itself_is_exempt) {
  limited l({"--address-rate=5", "--trusted-proxy=127.0.0.1"});
  for (int i = 0; i < 40; ++i) BOOST_TEST(l.status("/readyz") == 200);
  int passed = 0;
  for (int i = 0; i < 40; ++i) passed += l.status("/readyz", {{"X-Forwarded-For", "203.0.113.9"}}) == 200;
  BOOST_TEST(passed < 40);
}

BOOST_AUTO_TEST_CASE(a_made_up_cookie_costs_redis_nothing) {
  limited l({});
  http_fields made_up{{"Cookie", "invited=" + store::base64url::encode(std::vector<std::uint8_t>(64, 7))}};
  BOOST_TEST(l.status("/invites", made_up) == 401);
  const auto calls_of = [&] {
    const std::string stats = l.redis.command({"INFO", "commandstats"});
    const std::size_t at = stats.find("cmdstat_evalsha:calls=");
    return at == stats.npos ? 0L : std::stol(stats.substr(at + 22));
  };
  l.redis.command({"CONFIG", "RESETSTAT"});
  for (int i = 0; i < 2000; ++i) BOOST_TEST(l.status("/invites", made_up) == 401);
  // The background asks 256 groups a second. Where that takes longer, 2,000 of ours would stand out.
  const long before = calls_of();
  const auto from = std::chrono::steady_clock::now();
  for (int i = 0; i < 2000; ++i) l.status("/invites", made_up);
  const auto seconds =
      std::chrono::ceil<std::chrono::seconds>(std::chrono::steady_clock::now() - from).count();
  BOOST_TEST(calls_of() - before <= (seconds + 1) * 300);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
