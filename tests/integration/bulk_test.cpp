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

BOOST_AUTO_TEST_CASE(a_stranger_is_refused_before_a_megabyte_has_come) {
  http_client stranger(server.port());
  stranger.send("POST /generate_invites HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                "Content-Length: 1000000\r\n\r\n[");
  BOOST_TEST(stranger.receive().status == 401);
  stranger.half_close();
  BOOST_TEST(stranger.closed_by_server());
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

BOOST_AUTO_TEST_CASE(the_same_call_at_the_same_time_makes_each_row_once) {
  constexpr std::size_t calls = 6, size = 120;
  std::vector<http_answer> answers(calls);
  std::vector<std::thread> threads;
  const std::string body = rows(size);
  for (std::size_t i = 0; i < calls; ++i) {
    threads.emplace_back([&, i] {
      do { // each caller has one call at a time; the repeats find what the first one made
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
  std::vector<std::vector<http_answer>> made(3); // checked at the end, because Boost.Test is for one thread
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
