#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <thread>

namespace invited::test {
namespace {

constexpr std::string_view ada =
    R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","phone":"+14155550123","provider_id":"clinic-1"})";

http_fields as(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

struct running_server {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};

  running_server() { BOOST_REQUIRE(server.wait_ready()); }
};

BOOST_FIXTURE_TEST_SUITE(create, running_server)

BOOST_AUTO_TEST_CASE(keeps_the_contract) {
  const http_answer made = client.post_json("/generate_invite", ada, as(staff_token()));
  BOOST_REQUIRE(made.status == 200);
  const std::string id = made.json("invite_id");
  BOOST_TEST(id.size() == 36U);
  BOOST_TEST(id[14] == '4');
  BOOST_TEST(made.json("invite_url") == "http://localhost:4321/invite/" + id);
  BOOST_TEST(made.json("ref").substr(0, 4) == "inv_");
  BOOST_TEST(made.json("ref").find(id) == std::string::npos);
  BOOST_TEST(made.json("expires_at").back() == 'Z');
  BOOST_TEST(made.field("content-type") == "application/json");
  BOOST_TEST(made.field("cache-control") == "no-store");
  BOOST_TEST(made.field("ratelimit-policy") == R"("create";q=1000;w=20)");
  BOOST_TEST(made.field("ratelimit").starts_with(R"("create";r=999;t=)"));
}

BOOST_AUTO_TEST_CASE(answers_what_http_asks) {
  BOOST_TEST(client.get("/generate_invite").status == 405);
  BOOST_TEST(client.get("/generate_invite").field("allow") == "POST, OPTIONS");
  BOOST_TEST(client.request("OPTIONS", "/generate_invite").status == 204);
  BOOST_TEST(client.get("/nothing").status == 404);
  BOOST_TEST(client.request("HEAD", "/healthz").status == 200);
  const http_answer echoed = client.get("/healthz", {{"X-Request-Id", "my-id.1"}});
  BOOST_TEST(echoed.field("x-request-id") == "my-id.1");
  BOOST_TEST(client.get("/healthz", {{"X-Request-Id", "not valid"}}).field("x-request-id") != "not valid");
}

BOOST_AUTO_TEST_CASE(refuses_too_large_a_body_unread) {
  const http_answer refused =
      client.post_json("/generate_invite", std::string(17000, ' '), as(staff_token()));
  BOOST_TEST(refused.status == 413);
}

BOOST_AUTO_TEST_CASE(a_double_click_makes_one_invite) {
  // Many at once with one key, over both threads, make one invite, and all get the same answer.
  constexpr int clicks = 40;
  std::vector<http_answer> answers(clicks);
  std::vector<std::thread> threads;
  const std::string token = staff_token();
  for (int i = 0; i < clicks; ++i) {
    threads.emplace_back([&, i] {
      http_client one(server.port());
      http_fields fields = as(token);
      fields.emplace_back("Idempotency-Key", i % 2 == 0 ? "click-1" : "\"click-1\"");
      answers[static_cast<std::size_t>(i)] = one.post_json("/generate_invite", ada, fields);
    });
  }
  for (std::thread& t : threads) t.join();
  std::set<std::string> bodies;
  int replayed = 0;
  for (const http_answer& a : answers) {
    BOOST_TEST(a.status == 200);
    bodies.insert(a.body);
    replayed += a.field("idempotent-replayed") == "true";
  }
  BOOST_TEST(bodies.size() == 1U);
  BOOST_TEST(replayed == clicks - 1);

  http_fields fields = as(token);
  fields.emplace_back("Idempotency-Key", "click-1");
  std::string other(ada);
  other.replace(other.find("Ada"), 3, "Eve");
  const http_answer reused = client.post_json("/generate_invite", other, fields);
  BOOST_TEST(reused.status == 422);
  BOOST_TEST(reused.json("code") == "idempotency_key_reused");
}

BOOST_AUTO_TEST_CASE(what_clients_send_besides_plain_json) {
  const struct {
    std::string_view what;
    std::string body;
    http_fields fields;
    int status;
  } rows[] = {
      {"a byte order mark", "\xEF\xBB\xBF" + std::string(ada), {{"Content-Type", "application/json"}}, 200},
      {"a parameter", std::string(ada), {{"Content-Type", "application/json; version=1"}}, 200},
      {"a charset", std::string(ada), {{"Content-Type", "application/json; charset=utf8"}}, 200},
      {"another charset", std::string(ada), {{"Content-Type", "application/json; charset=latin1"}}, 415},
      {"plain, called gzip",
       std::string(ada),
       {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}},
       415},
      {"gzip", "\x1f\x8b\x08\x00", {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}, 415},
      {"an empty key",
       std::string(ada),
       {{"Content-Type", "application/json"}, {"Idempotency-Key", ""}},
       400},
  };
  for (const auto& row : rows) BOOST_TEST_CONTEXT(row.what) {
      http_fields fields = as(staff_token());
      fields.insert(fields.end(), row.fields.begin(), row.fields.end());
      const http_answer got = client.request("POST", "/generate_invite", fields, row.body);
      BOOST_TEST(got.status == row.status);
      if (got.status == 415) BOOST_TEST((got.field("accept") + got.field("accept-encoding")).size() > 0U);
    }
}

BOOST_AUTO_TEST_CASE(cors_knows_its_origins) {
  test_server open(redis.url(), {"--cors-origin=https://portal.example.org"});
  http_client browser(open.port());
  const http_answer asked =
      browser.request("OPTIONS", "/generate_invite",
                      {{"Origin", "https://portal.example.org"}, {"Access-Control-Request-Method", "POST"}});
  BOOST_TEST(asked.field("access-control-allow-origin") == "https://portal.example.org");
  BOOST_TEST(asked.field("access-control-allow-methods") == "POST, OPTIONS");
  const http_answer other = browser.get("/healthz", {{"Origin", "https://evil.example.org"}});
  BOOST_TEST(other.field("access-control-allow-origin").empty());
  BOOST_TEST(other.field("vary") == "Origin");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(two_servers_share_one_bucket) {
  redis_server redis;
  const std::vector<std::string> slow = {"--rate=0.01", "--burst=10"};
  test_server a(redis.url(), slow), b(redis.url(), slow);
  BOOST_REQUIRE(a.wait_ready());
  BOOST_REQUIRE(b.wait_ready());
  int made = 0;
  http_answer refused;
  for (int i = 0; i < 12; ++i) {
    http_client client(i % 2 == 0 ? a.port() : b.port());
    const http_answer answer = client.post_json("/generate_invite", ada, as(staff_token()));
    made += answer.status == 200;
    if (answer.status != 200) refused = answer;
  }
  BOOST_TEST(made == 10);
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(refused.json("code") == "rate_limited");
  BOOST_TEST(std::stoi(refused.field("retry-after")) > 50);
  BOOST_TEST(refused.field("ratelimit").starts_with(R"("create";r=0;t=)"));
  http_client client(a.port());
  std::string other(ada);
  other.replace(other.find("clinic-1"), 8, "clinic-2");
  BOOST_TEST(client.post_json("/generate_invite", other, as(staff_token("portal", {"clinic-2"}))).status ==
             200);
}

BOOST_AUTO_TEST_CASE(patients_are_limited_by_address) {
  redis_server redis;
  test_server server(redis.url(), {"--patient-rate=0.01", "--patient-burst=5", "--trusted-proxy=127.0.0.1"});
  BOOST_REQUIRE(server.wait_ready());
  const std::string path = "/invite/00000000-0000-4000-8000-000000000000";
  const http_fields first = {{"X-Forwarded-For", "198.51.100.7"}},
                    second = {{"X-Forwarded-For", "198.51.100.8"}};
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(http_client(server.port()).get(path, first).status == 404); // over all cores
  const http_answer refused = http_client(server.port()).get(path, first);
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(std::stoi(refused.field("retry-after")) > 50);
  BOOST_TEST(http_client(server.port()).get(path, second).status == 404);
}

BOOST_AUTO_TEST_CASE(whoever_keeps_failing_to_authenticate_must_wait) {
  redis_server redis;
  test_server server(redis.url());
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  std::string forged = staff_token();
  forged.back() = forged.back() == 'A' ? 'E' : 'A';
  int refused = 0;
  for (int i = 0; i < 100; ++i)
    refused += client.post_json("/generate_invite", ada, as(forged)).status == 429;
  BOOST_TEST(refused > 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
