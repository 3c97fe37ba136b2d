// A caller that calls as often as it can: what that leaves in the audit, and how it affects others.
#include "tests/store/audit/audit_fixture.hpp"
#include "tests/support/exposition_reader.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <functional>
#include <optional>
#include <thread>

namespace invited::test {
namespace {

http_fields as(std::string_view subject, std::vector<std::string> providers = {"clinic-1"}) {
  return {{"Authorization", "Bearer " + staff_token("clinician", std::move(providers), subject)}};
}

struct flooded {
  redis_server redis;
  std::optional<test_server> server;

  explicit flooded(std::vector<std::string> extra = {}) { start(std::move(extra)); }

  void start(std::vector<std::string> extra = {}) {
    extra.push_back("--admin-listen=127.0.0.1:0");
    server.emplace(redis.url(), std::move(extra));
    BOOST_REQUIRE(server->wait_ready());
  }

  /// Calls from `connections` threads, each on a connection of its own; returns how many were answered with
  /// `status`.
  int flood(int connections, int calls_of_each, const std::function<http_answer(http_client&, int)>& call,
            int status) {
    std::atomic<int> answered{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < connections; ++t) {
      threads.emplace_back([&, t] {
        http_client client(server->port());
        for (int i = 0; i < calls_of_each; ++i)
          if (call(client, t * calls_of_each + i).status == status) ++answered;
      });
    }
    for (std::thread& t : threads) t.join();
    return answered;
  }

  std::int64_t entries() const {
    std::int64_t sum = 0;
    for (int g = 0; g < 256; ++g) {
      const std::string key(store::group_key("aud", static_cast<store::group>(g)));
      sum += std::stoll(redis.command({"XLEN", key}).substr(1));
    }
    return sum;
  }

  /// The sum of all counts of clinic-1's events with this action.
  std::uint64_t sum_of(store::audit_action action) {
    store_side side(redis);
    store::audit_log log(side.connection(), side.lane(), side.seals());
    store::audit_query q{.provider_id = "clinic-1"};
    std::uint64_t sum = 0;
    for (;;) {
      const store::audit_page page = side.run(log.read(q)).value();
      for (const store::audit_event& e : page.events)
        if (e.action == action) sum += e.count;
      if (!page.next) return sum;
      q.before = *page.next;
    }
  }

  std::string ready() const {
    const http_answer answer = http_client(server->port()).get("/readyz");
    BOOST_TEST(answer.status == 200);
    return answer.body;
  }
  exposition_reader metrics() const {
    return exposition_reader(http_client(server->admin_port()).get("/metrics").body);
  }
};

struct usual : flooded {};

http_answer make(http_client& client, std::string_view provider = "clinic-1") {
  return client.post_json(
      "/generate_invite",
      R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":")" +
          std::string(provider) + "\"}",
      as("dr.grey", {std::string(provider)}));
}

BOOST_FIXTURE_TEST_SUITE(audit_flood, usual)

BOOST_AUTO_TEST_CASE(refusals_are_a_handful_of_entries_and_all_are_counted) {
  const http_fields token = as("dr.grey");
  const auto call = [&token](http_client& client, int) {
    return client.get("/invites?provider_id=someone-else", token);
  };
  BOOST_TEST(flood(12, 400, call, 403) == 4800);
  BOOST_TEST(entries() <= 4); // there are two cores, and a minute may have ended
  BOOST_TEST(server->stop() == 0);
  BOOST_TEST(entries() <= 8);
  BOOST_TEST(sum_of(store::audit_action::refused) == 4800);
}

BOOST_AUTO_TEST_CASE(pages_of_names_are_counted_too_and_read_over_http) {
  const http_fields token = as("dr.grey");
  http_client first(server->port());
  BOOST_TEST(make(first).status == 200);
  const auto list = [&token](http_client& client, int) { return client.get("/invites", token); };
  BOOST_TEST(flood(8, 100, list, 200) == 800);
  BOOST_TEST(entries() <= 4);
  start(); // the old one ends cleanly
  BOOST_TEST(sum_of(store::audit_action::read) == 800);
  const http_answer told = http_client(server->port()).get("/audit", token);
  BOOST_TEST(told.json("action") == "read");
  BOOST_TEST(told.body.find(R"("ref":null,"address":"127.0.0.1","outcome":"ok","count":1})") !=
             std::string::npos);
  BOOST_TEST(std::stoi(told.json("count")) > 1);
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_hold_anything_leaves_no_trace) {
  http_client client(server->port());
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(client.get("/invites?created_before=1970-01-01T00:00:00Z", as("dr.grey")).status == 200);
  BOOST_TEST(server->stop() == 0);
  BOOST_TEST(entries() == 0);
}

BOOST_AUTO_TEST_CASE(invented_subjects_and_addresses_are_bounded) {
  const auto call = [](http_client& client, int i) {
    http_fields fields = as("invented-" + std::to_string(i));
    return client.get("/invites?provider_id=someone-else", fields);
  };
  BOOST_TEST(flood(8, 250, call, 403) == 2000);
  BOOST_TEST(server->stop() == 0);
  BOOST_TEST(entries() <= 2 * 2 * 257); // for each core, the first events and their counts
  BOOST_TEST(sum_of(store::audit_action::refused) == 2000);
}

BOOST_AUTO_TEST_CASE(acts_on_one_invite_keep_a_line_and_a_ref_each) {
  http_client client(server->port());
  const http_answer made = make(client);
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(client.get("/invites/" + made.json("ref"), as("dr.grey")).status == 200);
    BOOST_TEST(client.get("/invites/" + made.json("ref") + "/link", as("dr.grey")).status == 200);
  }
  BOOST_TEST(entries() == 10);
}

BOOST_AUTO_TEST_CASE(redis_out_of_memory_is_reported_and_patients_go_on) {
  http_client client(server->port());
  const http_answer one = make(client), two = make(client);
  BOOST_TEST(ready() == R"({"status":"ready"})");
  redis.command({"CONFIG", "SET", "maxmemory", "16mb"});
  // Redis lets a script finish that has begun, so this one exceeds the limit.
  redis.command(
      {"EVAL", "for i = 1, 400 do redis.call('SET', 'filler:' .. i, string.rep('x', 50000)) end", "0"});
  BOOST_TEST(make(client).status == 503);
  BOOST_TEST(client.get("/invites", as("dr.grey")).status == 503);
  BOOST_TEST(
      wait_until([this] { return ready() == R"({"status":"degraded","reasons":["redis_out_of_memory"]})"; }));
  BOOST_TEST(metrics()("invited_redis_out_of_memory") == 1);
  BOOST_TEST(metrics()("invited_ready") == 1);
  for (const http_answer& invite : {one, two}) {
    const std::string link = "/invite/" + invite.json("invite_id");
    BOOST_TEST(client.get(link).status == 200);
    BOOST_TEST(client.post_json(link + "/redeem", "{}").status == 200);
  }
  redis.command({"CONFIG", "SET", "maxmemory", "64mb"});
  BOOST_TEST(make(client).status == 200);
  BOOST_TEST(wait_until([this] { return ready() == R"({"status":"ready"})"; }));
  BOOST_TEST(metrics()("invited_redis_out_of_memory") == 0);
  const std::string log = server->log();
  BOOST_TEST(log.find(R"("redis_out_of_memory")") != std::string::npos);
  BOOST_TEST(log.find(R"("redis_has_memory_again")") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(a_full_audit_takes_no_repeats_but_every_act_on_an_invite) {
  flooded f({"--audit-max-entries=40"});
  http_client client(f.server->port());
  const http_answer made = make(client);
  const std::string path = "/invites/" + made.json("ref");
  for (int i = 0; i < 50; ++i) BOOST_TEST(client.get(path, as("dr.grey")).status == 200);
  const std::string full = R"({"status":"degraded","reasons":["audit_full"]})";
  BOOST_REQUIRE(wait_until([&] { return f.ready() == full; }));
  BOOST_TEST(f.metrics()("invited_audit_entries") == 50);
  BOOST_TEST(f.metrics()("invited_audit_entries_max") == 40);
  BOOST_TEST(f.metrics()("invited_audit_full") == 1);

  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(client.get("/invites", as("dr.grey")).status == 200);
    BOOST_TEST(client.get("/invites?provider_id=someone-else", as("dr.grey")).status == 403);
  }
  BOOST_TEST(f.entries() == 50);
  BOOST_TEST(f.metrics()("invited_audit_suppressed_total") == 10);
  BOOST_TEST(client.get(path + "/link", as("dr.grey")).status == 200);
  BOOST_TEST(f.entries() == 51);

  const std::string aud(store::group_key("aud", store::group_of("clinic-1")));
  f.redis.command({"XTRIM", aud, "MAXLEN", "10"});
  BOOST_REQUIRE(wait_until([&] { return f.ready() == R"({"status":"ready"})"; }));
  BOOST_TEST(client.get("/invites", as("dr.grey")).status == 200);
  BOOST_TEST(f.entries() == 11); // at once again
  const std::string log = f.server->log();
  BOOST_TEST(log.find(R"("audit_full")") != std::string::npos);
  BOOST_TEST(log.find(R"("audit_room_again")") != std::string::npos);
  BOOST_TEST(log.find("audit_counts_lost") == std::string::npos);
  BOOST_TEST(f.sum_of(store::audit_action::refused) == 5);
}

} // namespace
} // namespace invited::test
