// Many invites by one call, over HTTP against a real Redis.
#include "store/invite_id.hpp"
#include "store/keys.hpp"
#include "tests/support/gate.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <set>
#include <thread>

namespace invited::test {
namespace {

http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"},
               std::string_view once = {}) {
  http_fields fields = {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
  if (!once.empty()) fields.emplace_back("Idempotency-Key", once);
  return fields;
}

std::string row(std::string_view name, std::string_view provider = "clinic-1") {
  return R"({"email":"ada@example.org","last_name":"Lovelace","first_name":")" + std::string(name) +
         R"(","provider_id":")" + std::string(provider) + "\"}";
}

std::string rows(const std::vector<std::string>& all) {
  std::string body = "[";
  for (const std::string& one : all) body += (body.size() > 1 ? "," : "") + one;
  return body + "]";
}

std::string rows(std::size_t n) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(row("Ada" + std::to_string(i)));
  return rows(all);
}

/// The results of a bulk answer, each as an answer of its own, so that its members can be read.
std::vector<http_answer> results_of(const http_answer& bulk) {
  constexpr std::string_view begin = R"({"index":)";
  std::vector<http_answer> all;
  for (std::size_t at = bulk.body.find(begin); at != bulk.body.npos;) {
    const std::size_t next = bulk.body.find(begin, at + 1);
    http_answer one;
    one.body = bulk.body.substr(at, next == bulk.body.npos ? next : next - at);
    one.status = std::stoi(one.json("status"));
    BOOST_TEST(one.json("index") == std::to_string(all.size()));
    all.push_back(std::move(one));
    at = next;
  }
  return all;
}

/// "200 422 200"
std::string statuses(const http_answer& bulk) {
  std::string all;
  for (const http_answer& one : results_of(bulk))
    all += (all.empty() ? "" : " ") + std::to_string(one.status);
  return all;
}

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
  // Refused by its length alone; the server reads no such body to its end, so none is sent.
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
  http_fields stranger = {{"Authorization", "Bearer " + staff_token("portal", {"clinic-1"}, "another")}};
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
      http_client one(server.port());
      answers[i] = one.post_json("/generate_invites", body, as("portal", {"clinic-1"}, "once"));
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
        made[i].push_back(portal.post_json("/generate_invites", rows(500), as("portal")));
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
  test_server server(redis.url(), {"--threads=1"});
  BOOST_REQUIRE(server.wait_ready());
  const std::string body = rows(1000);
  const std::string head = "POST /generate_invites HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                           "Authorization: Bearer " +
                           staff_token("portal") + "\r\nContent-Length: " + std::to_string(body.size()) +
                           "\r\n\r\n";
  for (int i = 0; i < 5; ++i) http_client(server.port()).send(head + body);
  http_client client(server.port());
  BOOST_TEST(statuses(client.post_json("/generate_invites", rows(2), as("portal"))) == "200 200");
  BOOST_TEST(server.stop() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
