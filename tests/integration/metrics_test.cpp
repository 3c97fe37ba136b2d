// What the operators' port says about a server at work.
#include "tests/support/exposition_reader.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

using labels = std::map<std::string, std::string>;

struct watched {
  redis_server redis;
  test_server server;
  http_client client;

  explicit watched(std::vector<std::string> extra = {})
      : server(redis.url(), with_admin(std::move(extra))), client(server.port()) {
    BOOST_REQUIRE(server.wait_ready());
  }

  static std::vector<std::string> with_admin(std::vector<std::string> extra) {
    extra.push_back("--admin-listen=127.0.0.1:0");
    return extra;
  }

  exposition_reader metrics() {
    const http_answer answer = http_client(server.admin_port()).get("/metrics");
    BOOST_REQUIRE(answer.status == 200);
    BOOST_TEST(answer.field("content-type") == "text/plain; version=0.0.4; charset=utf-8");
    return exposition_reader(answer.body);
  }

  http_answer make(http_client& by) {
    return by.post_json(
        "/generate_invite",
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})",
        {{"Authorization", "Bearer " + staff_token()}});
  }
};

struct watched_server : watched {};

double requests(const exposition_reader& m, const char* route, const char* method, const char* status) {
  return m.or_zero("invited_http_requests_total", {{"route", route}, {"method", method}, {"status", status}});
}

double events(const exposition_reader& m, const char* event) {
  return m("invited_invite_events_total", {{"event", event}});
}

BOOST_FIXTURE_TEST_SUITE(metrics, watched_server)

BOOST_AUTO_TEST_CASE(are_for_operators_only) {
  BOOST_TEST(client.get("/metrics").status == 404);
  BOOST_TEST(metrics().types().at("invited_http_request_duration_seconds") == "histogram");
}

BOOST_AUTO_TEST_CASE(follow_an_invite_through_its_life) {
  const http_answer made = make(client);
  const std::string link = "/invite/" + made.json("invite_id");
  client.get(link);
  client.request("HEAD", link);
  client.post_json(link + "/redeem", "{}");
  client.post_json(link + "/redeem", "{}");
  client.request("POST", link + "/ask");
  client.request("DELETE", "/invites/" + made.json("ref"), {{"Authorization", "Bearer " + staff_token()}});
  client.get("/nothing/of/the/kind");

  const exposition_reader m = metrics();
  BOOST_TEST(requests(m, "/generate_invite", "POST", "200") == 1);
  BOOST_TEST(requests(m, "/invite/{invite_id}", "GET", "200") == 2);
  BOOST_TEST(requests(m, "/invite/{invite_id}/redeem", "POST", "200") == 1);
  BOOST_TEST(requests(m, "/invite/{invite_id}/redeem", "POST", "409") == 1);
  BOOST_TEST(requests(m, "/invites/{ref}", "DELETE", "204") == 1);
  BOOST_TEST(requests(m, "none", "any", "404") == 1);
  const labels redeem = {{"route", "/invite/{invite_id}/redeem"}, {"method", "POST"}};
  BOOST_TEST(m("invited_http_request_duration_seconds_count", redeem) == 2);
  BOOST_TEST(m("invited_http_request_duration_seconds_sum", redeem) > 0);
  BOOST_TEST(events(m, "created") == 1);
  BOOST_TEST(events(m, "viewed") == 1); // HEAD leaves no trace
  BOOST_TEST(events(m, "redeemed") == 1);
  BOOST_TEST(events(m, "asked") == 1);
  BOOST_TEST(events(m, "erased") == 1);
  BOOST_TEST(events(m, "lost") == 0);
  BOOST_TEST(!m.mentions(made.json("invite_id")));
  BOOST_TEST(!m.mentions("clinic-1"));
}

BOOST_AUTO_TEST_CASE(count_a_right_that_redis_lost_and_an_expiry) {
  const http_answer made = make(client);
  redis.command({"EVAL", "for _, k in ipairs(redis.call('KEYS', 'inv:*')) do redis.call('DEL', k) end", "0"});
  BOOST_TEST(client.post_json("/invite/" + made.json("invite_id") + "/redeem", "{}").json("code") == "lost");
  BOOST_TEST(events(metrics(), "lost") == 1);
}

BOOST_AUTO_TEST_CASE(show_connections_to_redis_and_keys) {
  make(client);
  BOOST_TEST(wait_until([this] { return metrics()("invited_redis_connects_total") == 4; })); // two a core
  const exposition_reader m = metrics();
  BOOST_TEST(m("invited_redis_connected", {{"core", "0"}}) == 1);
  BOOST_TEST(m("invited_redis_connected", {{"core", "1"}}) == 1);
  BOOST_TEST(m("invited_ready") == 1);
  BOOST_TEST(m("invited_audit_exported_total") == 0); // there is no audit file
  BOOST_TEST(m("invited_redis_reads_connected", {{"core", "1"}}) == 1);
  BOOST_TEST(m("invited_redis_calls_total") >= m("invited_redis_batches_total"));
  BOOST_TEST(m("invited_redis_batches_total") > 0);
  BOOST_TEST(m("invited_connections_open") >= 1);
  BOOST_TEST(m("invited_connections_max") > 0);
  BOOST_TEST(m("process_open_fds") > 3);
  BOOST_TEST(m("process_resident_memory_bytes") > 1 << 20);
  BOOST_TEST(m("process_start_time_seconds") > 1.6e9);
  BOOST_TEST(m.mentions("invited_seal_key_info{key_id=\""));
  BOOST_TEST(m.mentions("\",use=\"seal\"} 1"));
  BOOST_TEST(m.mentions("invited_build_info{version=\"0."));
}

BOOST_AUTO_TEST_CASE(show_a_redis_that_goes_away_and_comes_back) {
  redis.stop();
  BOOST_TEST(wait_until([this] { return metrics()("invited_ready") == 0; }));
  make(client);
  const exposition_reader away = metrics();
  BOOST_TEST(away("invited_redis_connection_failures_total") >= 2);
  BOOST_TEST(away("invited_redis_call_failures_total", {{"kind", "unavailable"}}) >= 1);
  BOOST_TEST(requests(away, "/generate_invite", "POST", "503") == 1);
  redis.start();
  BOOST_TEST(wait_until([this] { return metrics()("invited_ready") == 1; }));
  BOOST_TEST(wait_until([this] { return metrics()("invited_redis_connects_total") == 8; }));
}

BOOST_AUTO_TEST_CASE(add_up_all_cores) {
  // The kernel spreads connections over the cores. With sixteen of them each core has some, except in one run
  // of 2^15.
  constexpr int connections = 16;
  for (int i = 0; i < connections; ++i) {
    http_client one(server.port());
    BOOST_TEST(make(one).status == 200);
  }
  const exposition_reader m = metrics();
  BOOST_TEST(events(m, "created") == connections);
  BOOST_TEST(requests(m, "/generate_invite", "POST", "200") == connections);
  BOOST_TEST(m("invited_connections_accepted_total") >= connections);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(metrics_count_what_limits_refuse) {
  watched w({"--rate=0.001", "--burst=1", "--patient-rate=0.001", "--patient-burst=2", "--threads=1"});
  const auto limited = [&w](const char* by) { return w.metrics()("invited_limited_total", {{"limit", by}}); };
  BOOST_TEST(w.make(w.client).status == 200);
  BOOST_TEST(w.make(w.client).status == 429);
  BOOST_TEST(limited("bucket") == 1);
  BOOST_TEST(limited("memory") == 0);
  BOOST_TEST(w.make(w.client).status == 429);
  BOOST_TEST(limited("bucket") == 1);
  BOOST_TEST(limited("memory") == 1);

  for (int i = 0; i < 3; ++i) w.client.get("/session");
  BOOST_TEST(limited("address") == 1);

  std::string forged = staff_token();
  forged.back() = forged.back() == 'A' ? 'Q' : 'A';
  int refused = 0;
  for (int i = 0; i < 80; ++i) {
    refused +=
        w.client.get("/invites?provider_id=clinic-1", {{"Authorization", "Bearer " + forged}}).status == 429;
  }
  BOOST_TEST(refused > 0);
  BOOST_TEST(limited("token") == refused);
}

} // namespace
} // namespace invited::test
