// Many invites by one call where tokens run out, the store is away or the caller leaves.
#include "tests/integration/bulk_calls.hpp"
#include "tests/support/gate.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/wait_until.hpp"

namespace invited::test {
namespace {

BOOST_AUTO_TEST_SUITE(bulk_limits)

BOOST_AUTO_TEST_CASE(each_row_is_charged_and_those_without_a_token_wait) {
  redis_server redis;
  test_server server(redis.url(), {"--rate=0.01", "--burst=10", "--threads=1"});
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  std::vector<std::string> all(12, row("Ada"));
  all[3] = "{}"; // takes no token
  all[5] = row("Eve", "clinic-2");
  const http_fields who = as("portal", {"clinic-1", "clinic-2"});
  const http_answer made = client.post_json("/generate_invites", rows(all), who);
  BOOST_TEST(statuses(made) == "200 200 200 422 200 200 200 200 200 200 200 200");
  all.assign(3, row("Ada"));
  all.insert(all.begin() + 1, row("Eve", "clinic-2"));
  const http_answer refused = client.post_json("/generate_invites", rows(all), who);
  BOOST_TEST(refused.status == 200);
  BOOST_TEST(statuses(refused) == "429 200 429 429");
  const std::vector<http_answer> results = results_of(refused);
  BOOST_TEST(results[0].json("code") == "rate_limited");
  BOOST_TEST(std::stoi(results[0].json("retry_after")) > 50);
  BOOST_TEST(refused.body.starts_with(R"({"summary":{"created":1,"failed":3})"));
}

BOOST_AUTO_TEST_CASE(a_bucket_that_empties_midway_refuses_the_rest_and_is_not_asked_again) {
  redis_server redis;
  test_server server(redis.url(), {"--rate=0.001", "--burst=120", "--threads=1"});
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  const http_answer made = client.post_json("/generate_invites", rows(1000), as("portal"));
  BOOST_TEST(made.body.starts_with(R"({"summary":{"created":120,"failed":880})"));
  const std::vector<http_answer> all = results_of(made);
  for (std::size_t i = 0; i < all.size(); ++i) BOOST_TEST(all[i].status == (i < 120 ? 200 : 429));
  // The bucket was asked by the rows in flight when it emptied, and by no later one; the provider's settings
  // by the first fifty.
  const std::string stats = redis.command({"INFO", "commandstats"});
  BOOST_TEST(stats.find("cmdstat_xadd:calls=120,") != std::string::npos);
  const std::size_t at = stats.find("cmdstat_get:calls=");
  BOOST_REQUIRE(at != std::string::npos);
  BOOST_TEST(std::stoi(stats.substr(at + 18)) <= 200);
  BOOST_TEST(client.post_json("/generate_invite", row("Ada"), as("portal")).status == 429);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bulk_faults)

BOOST_AUTO_TEST_CASE(a_store_that_is_away_fails_each_row) {
  redis_server redis(redis_server::not_started{}, strict_config);
  test_server server(redis.url());
  http_client client(server.port());
  std::vector<std::string> all(120, row("Ada"));
  all[7] = "{}";
  const http_answer away = client.post_json("/generate_invites", rows(all), as("portal"));
  BOOST_TEST(away.status == 200);
  BOOST_TEST(away.body.starts_with(R"({"summary":{"created":0,"failed":120})"));
  const std::vector<http_answer> results = results_of(away);
  BOOST_TEST(results[7].status == 422);
  BOOST_TEST(results[119].status == 503);
  BOOST_TEST(results[119].json("code") == "store_unavailable");
  BOOST_TEST(results[119].json("retry_after") == "1");
}

BOOST_AUTO_TEST_CASE(what_was_cut_midway_is_made_whole_by_the_same_call) {
  redis_server redis;
  gate between(redis.socket());
  test_server server(between.url(), {"--threads=1", "--burst=100000"});
  const std::string body = rows(300);
  http_client client(server.port());
  int midway = 0;
  for (std::size_t bytes = 400; bytes < 14'000; bytes += 2600) {
    BOOST_TEST_CONTEXT("cut after " << bytes) {
      BOOST_REQUIRE(server.wait_ready());
      const http_fields key = as("portal", {"clinic-1"}, "cut-" + std::to_string(bytes));
      between.cut_after_reply(bytes);
      const http_answer cut = client.post_json("/generate_invites", body, key);
      between.cut_after_reply(gate::never);
      BOOST_REQUIRE(cut.status == 200);
      const std::vector<http_answer> first = results_of(cut);
      BOOST_REQUIRE(first.size() == 300U);
      midway += first.front().status != first.back().status;
      BOOST_REQUIRE(server.wait_ready());
      const http_answer again = client.post_json("/generate_invites", body, key);
      BOOST_TEST(again.body.starts_with(R"({"summary":{"created":300,"failed":0})"));
      const std::vector<http_answer> second = results_of(again);
      for (std::size_t i = 0; i < first.size(); ++i) {
        BOOST_TEST((first[i].status == 200 || first[i].status == 503));
        if (first[i].status == 200) BOOST_TEST(first[i].body == second[i].body);
      }
    }
  }
  BOOST_TEST(midway > 0);
}

BOOST_AUTO_TEST_CASE(a_frozen_store_holds_a_call_for_one_deadline) {
  redis_server redis;
  test_server server(redis.url(), {"--store-timeout=300ms", "--threads=1"});
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  redis.freeze();
  const http_answer frozen = client.post_json("/generate_invites", rows(1000), as("portal"));
  BOOST_TEST(frozen.body.starts_with(R"({"summary":{"created":0,"failed":1000})"));
  redis.thaw();
  BOOST_REQUIRE(server.wait_ready());
  BOOST_REQUIRE(wait_until(
      [&] { return statuses(client.post_json("/generate_invites", rows(2), as("portal"))) == "200 200"; }));
}

BOOST_AUTO_TEST_CASE(a_caller_who_leaves_takes_the_call_with_him) {
  redis_server redis;
  test_server server(redis.url(),
                     {"--threads=1", "--burst=100000"}); // some rows are made before he is missed
  BOOST_REQUIRE(server.wait_ready());
  const std::string body = rows(1000);
  for (int i = 0; i < 5; ++i)
    http_client(server.port()).send(bulk_head(as_another(std::to_string(i)), body.size()) + body);
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(wait_until([&] {
      http_client client(server.port());
      const http_answer next = client.post_json("/generate_invites", rows(2), as_another(std::to_string(i)));
      return next.status == 200 && statuses(next) == "200 200";
    }));
  }
  BOOST_TEST(server.stop() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
