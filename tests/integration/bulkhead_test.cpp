// One tenant makes its costliest reads, as many as it can. What do the others notice?
#include "tests/integration/bulk_calls.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace invited::test {
namespace {

/// Connections that repeat one request until they are stopped.
class crowd {
public:
  crowd(std::uint16_t port, int connections, std::string path, http_fields fields) {
    for (int i = 0; i < connections; ++i)
      threads_.emplace_back([this, port, path, fields] {
        http_client client(port, std::chrono::seconds(60));
        while (going_) note(client.get(path, fields).status);
      });
  }
  ~crowd() { stop(); }

  void stop() {
    going_ = false;
    for (std::thread& t : threads_) t.join();
    threads_.clear();
  }

  std::map<int, int> statuses() {
    const std::lock_guard hold(lock_);
    return statuses_;
  }

private:
  void note(int status) {
    const std::lock_guard hold(lock_);
    ++statuses_[status];
  }

  std::atomic<bool> going_{true};
  std::mutex lock_;
  std::map<int, int> statuses_;
  std::vector<std::thread> threads_;
};

struct attacked {
  redis_server redis;
  test_server server{redis.url(), {"--store-timeout=10s"}}; // under sanitizers everything is slow
  http_client client{server.port(), std::chrono::seconds(60)};

  attacked() { BOOST_REQUIRE(server.wait_ready()); }

  /// Others go on making and redeeming invites, and everything works.
  void check_others(int times) {
    const http_fields clinic = as("clinician");
    for (int i = 0; i < times; ++i) {
      const http_answer made = client.post_json("/generate_invite", row("Ada"), clinic);
      BOOST_TEST(made.status == 200);
      BOOST_TEST(client.get("/invite/" + made.json("invite_id")).status == 200);
      BOOST_TEST(client.post_json("/invite/" + made.json("invite_id") + "/redeem", "{}").status == 200);
    }
  }
};

BOOST_FIXTURE_TEST_SUITE(bulkheads, attacked)

BOOST_AUTO_TEST_CASE(the_costliest_analytics_of_one_portal_stop_nobody) {
  std::string twenty;
  std::vector<std::string> providers;
  for (int i = 0; i < 20; ++i) {
    providers.push_back("pp-" + std::to_string(i));
    twenty += (i > 0 ? "," : "") + providers.back();
  }
  {
    crowd portal(server.port(), 64, "/analytics?provider_id=" + twenty, as("portal", providers));
    check_others(60);
    portal.stop();
    for (const auto& [status, n] : portal.statuses()) BOOST_TEST((status == 200 || status == 503), status);
    BOOST_TEST(portal.statuses()[200] > 0);
  }
  BOOST_TEST(client.get("/readyz").status == 200);
}

BOOST_AUTO_TEST_CASE(searches_and_audit_pages_stop_nobody) {
  for (int i = 0; i < 20; ++i) {
    std::vector<std::string> many;
    for (int k = 0; k < 50; ++k) many.push_back(row("Ada", "busy"));
    BOOST_REQUIRE(client.post_json("/generate_invites", rows(many), as("portal", {"busy"})).status == 200);
  }
  crowd searching(server.port(), 16, "/invites?email=nobody@example.org", as("clinician", {"busy"}));
  crowd reading(server.port(), 16, "/audit", as("clinician", {"busy"}));
  check_others(40);
  searching.stop();
  reading.stop();
  BOOST_TEST(searching.statuses()[200] > 0);
  BOOST_TEST(reading.statuses()[200] > 0);
}

BOOST_AUTO_TEST_CASE(bulk_calls_take_turns_and_single_ones_go_between) {
  std::vector<std::string> thousand(1000, row("Ada", "bulky"));
  const std::string body = rows(thousand);
  std::atomic<bool> going{true};
  std::vector<std::thread> portals;
  std::atomic<int> done{0};
  for (int i = 0; i < 4; ++i)
    portals.emplace_back([&, i] {
      http_client bulk(server.port(), std::chrono::seconds(120));
      http_fields fields{{"Authorization", "Bearer " + staff_token("portal", {"bulky"}, std::to_string(i))}};
      while (going) done += bulk.post_json("/generate_invites", body, fields).status == 200;
    });
  check_others(40);
  going = false;
  for (std::thread& t : portals) t.join();
  BOOST_TEST(done > 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
