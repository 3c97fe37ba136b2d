// Many invites by one call, while the store is cut off or frozen, or the caller leaves.
#include "tests/integration/bulk_calls.hpp"
#include "tests/support/gate.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/wait_until.hpp"

namespace invited::test {
namespace {

BOOST_AUTO_TEST_SUITE(bulk_faults)

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
      http_answer again;
      // A cut behind the last reply may be noticed only now. Then this call has rows without an answer, too.
      BOOST_TEST(wait_until([&] {
        again = client.post_json("/generate_invites", body, key);
        return again.body.starts_with(R"({"summary":{"created":300,"failed":0})");
      }));
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

BOOST_AUTO_TEST_CASE(a_caller_that_leaves_ends_its_call) {
  redis_server redis;
  test_server server(redis.url(),
                     {"--threads=1", "--burst=100000"}); // some rows are made before its absence is noticed
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
