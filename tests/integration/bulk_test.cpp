// Many invites by one call, over HTTP against a real Redis.
#include "store/keys/invite_id.hpp"
#include "store/keys/keys.hpp"
#include "tests/integration/bulk_calls.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <set>
#include <thread>

namespace invited::test {
namespace {

struct running_server {
  redis_server redis;
  test_server server{redis.url(), {"--burst=100000"}};
  http_client client{server.port()};

  running_server() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer bulk(std::string_view body, const http_fields& fields = as("portal")) {
    return client.post_json("/generate_invites", body, fields);
  }
};

BOOST_FIXTURE_TEST_SUITE(bulk, running_server)

BOOST_AUTO_TEST_CASE(bad_rows_do_not_stop_good_ones) {
  const http_answer made =
      bulk(rows({row("Ada"), R"({"email":"x","first_name":"A","provider_id":"clinic-1","zip":1})", row("Eve"),
                 "7", row("Bob", "clinic-2"), R"({"email":"a@b.co","email":"a@b.co"})", row("Zoe")}));
  BOOST_REQUIRE(made.status == 200);
  BOOST_TEST(made.field("content-type") == "application/json");
  BOOST_TEST(made.field("cache-control") == "no-store");
  BOOST_TEST(made.field("idempotent-replayed").empty());
  BOOST_TEST(
      made.body.starts_with(R"({"summary":{"created":3,"failed":4},"results":[{"index":0,"status":200,)"));
  BOOST_TEST(statuses(made) == "200 422 200 422 403 422 200");
  const std::vector<http_answer> all = results_of(made);
  for (const std::size_t good : {0U, 2U, 6U}) {
    const std::string id = all[good].json("invite_id");
    BOOST_TEST(all[good].json("invite_url") == "http://localhost:4321/invite/" + id);
    const http_answer item = client.get("/invites/" + all[good].json("ref"), as("clinician"));
    BOOST_TEST(item.json("expires_at") == all[good].json("expires_at"));
    const http_answer opened = client.post_json("/invite/" + id + "/redeem", "{}");
    BOOST_TEST(opened.json("first_name") == (good == 0 ? "Ada" : good == 2 ? "Eve" : "Zoe"));
  }
  BOOST_TEST(all[1].json("code") == "invalid_content");
  for (const std::string_view pointer : {"/email", "/last_name", "/zip"})
    BOOST_TEST(all[1].body.find(R"("pointer":")" + std::string(pointer)) != std::string::npos, pointer);
  BOOST_TEST(all[1].body.find("retry_after") == std::string::npos);
  BOOST_TEST(all[3].body.find(R"("pointer":"","code":"wrong_type")") != std::string::npos);
  BOOST_TEST(all[4].json("code") == "foreign_provider");
  BOOST_TEST(all[4].body.find("errors") == std::string::npos);
  BOOST_TEST(all[5].body.find("duplicate_field") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_the_whole_is_the_calls) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "malformed_json"},          {"[", "malformed_json"},
      {"[]x", "malformed_json"},       {std::string(200'000, '['), "malformed_json"},
      {row("Ada"), "invalid_content"}, {"null", "invalid_content"},
      {rows(1001), "invalid_content"},
  };
  for (const auto& [body, code] : cases) BOOST_TEST_CONTEXT(body.substr(0, 40)) {
      const http_answer refused = bulk(body);
      BOOST_TEST(refused.status == (code == "malformed_json" ? 400 : 422));
      BOOST_TEST(refused.field("content-type") == "application/problem+json");
      BOOST_TEST(refused.json("code") == code);
    }
  BOOST_TEST(bulk(rows(1001)).body.find("too_many") != std::string::npos);
  BOOST_TEST(bulk(rows(1), {}).status == 401);
  http_client stranger(server.port());
  stranger.send("POST /generate_invites HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                "Content-Length: 1000000\r\n\r\n[");
  BOOST_TEST(stranger.receive().status == 401); // and not after a megabyte
  stranger.half_close();
  BOOST_TEST(stranger.closed_by_server());
  BOOST_TEST(bulk(rows(1), as("portal", {"clinic-1"}, "two words")).json("code") ==
             "invalid_idempotency_key");
  http_fields text = as("portal");
  text.emplace_back("Content-Type", "text/plain");
  BOOST_TEST(client.request("POST", "/generate_invites", text, rows(1)).status == 415);
  BOOST_TEST(client.get("/generate_invites").field("allow") == "POST, OPTIONS");
  BOOST_TEST(redis.command({"KEYS", "inv:*"}) == "*0\r\n");
  const http_answer none = bulk("[]");
  BOOST_TEST(none.status == 200);
  BOOST_TEST(none.body == R"({"summary":{"created":0,"failed":0},"results":[]})");
}

BOOST_AUTO_TEST_CASE(a_mebibyte_is_read_and_a_byte_more_is_not) {
  std::string body = rows(2);
  body.insert(1, std::string(1024 * 1024 - body.size(), ' '));
  BOOST_TEST(statuses(bulk(body)) == "200 200");
  // It is refused by its length alone. The server does not read such a body to its end, so none is sent.
  client.send("POST /generate_invites HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              "Authorization: Bearer " +
              staff_token("portal") + "\r\nContent-Length: " + std::to_string(body.size() + 1) + "\r\n\r\n");
  BOOST_TEST(client.receive().status == 413);
}

BOOST_AUTO_TEST_CASE(a_thousand_rows_are_a_thousand_invites) {
  const http_answer made = bulk(rows(1000));
  BOOST_REQUIRE(made.status == 200);
  const std::vector<http_answer> all = results_of(made);
  BOOST_REQUIRE(all.size() == 1000U);
  std::set<std::string> ids;
  for (const http_answer& one : all) {
    BOOST_TEST(one.status == 200);
    ids.insert(one.json("invite_id"));
  }
  BOOST_TEST(ids.size() == 1000U);
  const std::string gauge(store::gauge_key(store::group_of("clinic-1")));
  BOOST_TEST(redis.command({"HGET", gauge, "pending|clinic-1"}) == "$4\r\n1000\r\n");
  BOOST_TEST(client.post_json("/invite/" + all[999].json("invite_id") + "/redeem", "{}").json("first_name") ==
             "Ada999");
}

BOOST_AUTO_TEST_CASE(one_call_serves_many_providers_and_every_role) {
  const std::string body = rows({row("Ada", "clinic-1"), row("Eve", "clinic-2"), row("Zoe", "clinic-3")});
  BOOST_TEST(statuses(bulk(body, as("admin", {}))) == "200 200 200");
  BOOST_TEST(statuses(bulk(body, as("portal", {"clinic-3", "clinic-1"}))) == "200 403 200");
  for (const std::string_view role : {"clinician", "physician"})
    BOOST_TEST(statuses(bulk(body, as(role))) == "200 403 403");
}

BOOST_AUTO_TEST_CASE(each_row_may_be_sent_again) {
  const http_fields key = as("portal", {"clinic-1"}, "monday");
  const http_answer first = bulk(rows({row("Ada"), "{}", row("Eve")}), key);
  BOOST_TEST(statuses(first) == "200 422 200");
  const http_answer again = bulk(rows({row("Ada"), "{}", row("Eve")}), key);
  BOOST_TEST(again.body == first.body);
  BOOST_TEST(again.field("idempotent-replayed") == "true");

  // By row: what is mended is made, what is new is made, what was changed is refused, the rest is as it was.
  const http_answer mended = bulk(rows({row("Ada"), row("Bob"), row("Mallory"), row("Zoe")}), key);
  BOOST_TEST(statuses(mended) == "200 200 422 200");
  BOOST_TEST(mended.field("idempotent-replayed") == "true");
  const std::vector<http_answer> before = results_of(first), after = results_of(mended);
  BOOST_TEST(after[0].json("invite_id") == before[0].json("invite_id"));
  BOOST_TEST(after[2].json("code") == "idempotency_key_reused");
  BOOST_TEST(bulk(rows(2)).field("idempotent-replayed").empty());
}

BOOST_AUTO_TEST_CASE(keys_of_bulk_and_single_calls_are_strangers) {
  const http_answer many = bulk(rows({row("Ada"), row("Ada")}), as("portal", {"clinic-1"}, "k"));
  std::set<std::string> ids;
  for (const http_answer& one : results_of(many)) ids.insert(one.json("invite_id"));
  for (const std::string_view key : {"k", "k0", "k:0"}) {
    const http_answer one = client.post_json("/generate_invite", row("Ada"), as("portal", {"clinic-1"}, key));
    BOOST_TEST(one.status == 200);
    BOOST_TEST(one.field("idempotent-replayed").empty());
    ids.insert(one.json("invite_id"));
  }
  for (const std::string_view key : {"k1", "K"}) // row 1 of "k" is not row 0 of "k1"
    ids.insert(results_of(bulk(rows({row("Ada")}), as("portal", {"clinic-1"}, key)))[0].json("invite_id"));
  http_fields stranger = as_another("another");
  stranger.emplace_back("Idempotency-Key", "k");
  ids.insert(results_of(bulk(rows({row("Ada")}), stranger))[0].json("invite_id"));
  BOOST_TEST(ids.size() == 8U);
}

BOOST_AUTO_TEST_CASE(the_same_call_at_the_same_time_makes_each_row_once) {
  constexpr std::size_t calls = 6, size = 120;
  std::vector<http_answer> answers(calls);
  std::vector<std::thread> threads;
  const std::string body = rows(size);
  for (std::size_t i = 0; i < calls; ++i) {
    threads.emplace_back([&, i] {
      do { // each caller has one call at a time; the repeats find what the first has made
        http_client one(server.port());
        answers[i] = one.post_json("/generate_invites", body, as("portal", {"clinic-1"}, "once"));
      } while (answers[i].status == 429);
    });
  }
  for (std::thread& t : threads) t.join();
  for (const http_answer& a : answers) BOOST_TEST(a.body == answers[0].body);
  const std::string gauge(store::gauge_key(store::group_of("clinic-1")));
  BOOST_TEST(redis.command({"HGET", gauge, "pending|clinic-1"}) == "$3\r\n120\r\n");
}

BOOST_AUTO_TEST_CASE(patients_and_other_calls_are_served_meanwhile) {
  const http_answer open = client.post_json("/generate_invite", row("Ada"), as("clinician"));
  const std::string path = "/invite/" + open.json("invite_id");
  std::atomic<int> running{3}, strange{0}, views{0};
  std::vector<std::thread> threads;
  std::vector<std::vector<http_answer>> made(3); // judged when all is done: Boost.Test is for one thread
  for (std::size_t i = 0; i < made.size(); ++i) {
    threads.emplace_back([&, i] {
      http_client portal(server.port());
      // For as long as it takes to see that others are served, and not for ever.
      for (int round = 0; round < 2 || (views <= 20 && round < 20); ++round)
        made[i].push_back(portal.post_json("/generate_invites", rows(500), as_another(std::to_string(i))));
      --running;
    });
  }
  while (running > 0) {
    strange += client.get(path).status != 200;
    ++views;
  }
  for (std::thread& t : threads) t.join();
  BOOST_TEST(strange == 0);
  BOOST_TEST(views > 20);
  std::set<std::string> all;
  std::size_t calls = 0;
  for (const std::vector<http_answer>& answers : made) {
    calls += answers.size();
    for (const http_answer& answer : answers) {
      for (const http_answer& one : results_of(answer)) all.insert(one.json("invite_id"));
    }
  }
  BOOST_TEST(calls >= 6U);
  BOOST_TEST(all.size() == 500 * calls);
}

BOOST_AUTO_TEST_CASE(a_row_that_breaks_is_noted_and_hides_no_other) {
  const http_fields key = as("portal", {"clinic-1"}, "broken");
  BOOST_TEST(statuses(bulk(rows(1), key)) == "200");
  // Its record loses its end.
  redis.command(
      {"EVAL",
       "local k = redis.call('KEYS', 'idem:*')[1] redis.call('SET', k, redis.call('GET', k):sub(1, 22))",
       "0"});
  const http_answer made = bulk(rows(3), key);
  BOOST_TEST(statuses(made) == "500 200 200");
  BOOST_TEST(results_of(made)[0].json("code") == "internal_error");
  const std::string log = server.log();
  const std::size_t fault = log.find(R"("event":"fault")");
  BOOST_REQUIRE(fault != std::string::npos);
  BOOST_TEST(log.find("/generate_invites", fault) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_log_has_one_line_without_a_link) {
  const http_answer made = bulk(rows(3), as("portal", {"clinic-1"}, "secret-key"));
  const std::string log = server.log();
  const std::size_t line = log.find(R"("route":"/generate_invites")");
  BOOST_REQUIRE(line != std::string::npos);
  BOOST_TEST(log.find(R"("route":"/generate_invites")", line + 1) == std::string::npos);
  for (const http_answer& one : results_of(made))
    BOOST_TEST(log.find(one.json("invite_id")) == std::string::npos);
  BOOST_TEST(log.find("secret-key") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
