// What Redis may do to us: be away, be gone, freeze, or be cut off in the middle of an answer.
#include "tests/support/gate.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace invited::test {
namespace {

constexpr std::string_view ada =
    R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})";

http_answer create(http_client& client) {
  return client.post_json("/generate_invite", ada, {{"Authorization", "Bearer " + staff_token()}});
}

void check_unavailable(const http_answer& answer) {
  BOOST_TEST(answer.status == 503);
  BOOST_TEST(answer.json("code") == "store_unavailable");
  BOOST_TEST(!answer.field("retry-after").empty());
}

BOOST_AUTO_TEST_SUITE(faults)

BOOST_AUTO_TEST_CASE(redis_away_at_the_start_is_waited_for) {
  redis_server redis(redis_server::not_started{}, strict_config);
  test_server server(redis.url());
  http_client client(server.port());
  check_unavailable(create(client));
  check_unavailable(client.get("/readyz"));
  check_unavailable(client.get("/invite/00000000-0000-4000-8000-000000000000")); // 503, never 404
  BOOST_TEST(client.get("/healthz").status == 200);
  redis.start();
  BOOST_REQUIRE(server.wait_ready());
  BOOST_REQUIRE(wait_until([&] { return create(client).status == 200; }));
  BOOST_TEST(server.stop() == 0);
}

BOOST_AUTO_TEST_CASE(redis_killed_and_restarted_under_load) {
  redis_server redis;
  test_server server(redis.url(), {"--rate=1000000", "--burst=1000000"});
  BOOST_REQUIRE(server.wait_ready());
  std::atomic<bool> going{true};
  std::atomic<int> good{0}, unavailable{0}, strange{0};
  std::mutex lock;
  std::set<std::string> acknowledged;
  std::vector<std::thread> load;
  for (int i = 0; i < 6; ++i) {
    load.emplace_back([&] {
      http_client client(server.port());
      while (going) {
        const http_answer answer = create(client);
        if (answer.status == 200) {
          ++good;
          const std::lock_guard hold(lock);
          acknowledged.insert(answer.json("invite_id"));
        } else {
          ++(answer.status == 503 ? unavailable : strange);
        }
      }
    });
  }
  for (int round = 0; round < 3; ++round) {
    const int before = good;
    BOOST_TEST(wait_until([&] { return good > before + 50; }));
    redis.kill();
    const int refused = unavailable;
    BOOST_TEST(wait_until([&] { return unavailable > refused + 20; }));
    redis.start();
  }
  const int before = good;
  BOOST_TEST(wait_until([&] { return good > before + 50; }));
  going = false;
  for (std::thread& t : load) t.join();
  BOOST_TEST(strange == 0);

  BOOST_REQUIRE(server.wait_ready()); // on every core
  // No acknowledged invite is gone, and each opens once.
  http_client client(server.port());
  int opened = 0;
  for (const std::string& id : acknowledged) {
    const http_answer answer = client.post_json("/invite/" + id + "/redeem", "{}");
    BOOST_TEST(answer.status == 200, answer.body);
    opened += answer.status == 200;
  }
  BOOST_TEST(opened == static_cast<int>(acknowledged.size()));
}

BOOST_AUTO_TEST_CASE(a_frozen_redis_holds_nobody_beyond_the_deadline) {
  redis_server redis;
  test_server server(redis.url(), {"--store-timeout=300ms", "--threads=1"});
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  redis.freeze();
  check_unavailable(create(client)); // after its deadline; otherwise the client's own would throw
  check_unavailable(create(client)); // and at once from then on
  redis.thaw();
  BOOST_REQUIRE(server.wait_ready());
  BOOST_REQUIRE(wait_until([&] { return create(client).status == 200; }));
}

BOOST_AUTO_TEST_CASE(an_answer_cut_anywhere_is_never_answered_twice) {
  // The claim happens and its answer is lost. The same redeem key must still open it, and no other may.
  redis_server redis;
  gate between(redis.socket());
  test_server behind_gate(between.url(), {"--threads=1"}), direct(redis.url());
  BOOST_REQUIRE(behind_gate.wait_ready());
  BOOST_REQUIRE(direct.wait_ready());
  http_client sure(direct.port());
  const std::string body = R"({"redeem_key":"0123456789abcdef"})";
  for (std::size_t bytes = 1; bytes < 400; bytes += 37) {
    BOOST_TEST_CONTEXT("cut after " << bytes) {
      const std::string path = "/invite/" + create(sure).json("invite_id") + "/redeem";
      BOOST_REQUIRE(behind_gate.wait_ready());
      between.cut_after_reply(bytes);
      http_client client(behind_gate.port());
      const http_answer cut = client.post_json(path, body);
      between.cut_after_reply(gate::never);
      BOOST_TEST((cut.status == 503 || cut.status == 200));
      BOOST_TEST(sure.post_json(path, R"({"redeem_key":"somebody-elses-key"})").status == 409);
      const http_answer again = sure.post_json(path, body);
      BOOST_TEST(again.status == 200);
      if (cut.status == 200) BOOST_TEST(again.body == cut.body);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_unsafe_redis_is_refused) {
  redis_server redis({"appendonly yes", "appendfsync everysec"});
  test_server server(redis.url());
  // Nobody stopped it. It ended by itself, with 1.
  BOOST_TEST(server.wait_end() == 1);
  const std::string log = server.log();
  BOOST_TEST(log.find("redis_unfit") != log.npos);
  BOOST_TEST(log.find("appendfsync") != log.npos);
}

BOOST_AUTO_TEST_CASE(a_redis_that_forbids_a_command_is_refused_even_when_relaxed) {
  redis_server redis({"user default on nopass ~* +@all -xadd"}); // half of a create would be possible
  test_server server(redis.url(), {"--durability=relaxed"});
  BOOST_TEST(server.wait_end() == 1);
  BOOST_TEST(server.log().find("XADD on aud:{*, idx:{* is forbidden, wanted allowed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unsafe_redis_is_taken_when_relaxed) {
  redis_server redis({"appendonly no"});
  test_server server(redis.url(), {"--durability=relaxed"});
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  BOOST_TEST(create(client).status == 200);
  server.stop();
  BOOST_TEST(server.log().find("appendonly") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_redis_that_became_unsafe_is_not_used) {
  redis_server redis;
  test_server server(redis.url());
  BOOST_REQUIRE(server.wait_ready());
  redis.command({"CONFIG", "SET", "appendfsync", "everysec"});
  redis.command({"CLIENT", "KILL", "TYPE", "normal"}); // it is checked on every connect
  http_client client(server.port());
  http_answer ready;
  BOOST_REQUIRE(wait_until([&] {
    ready = client.get("/readyz");
    return ready.body.find("appendfsync") != ready.body.npos;
  }));
  check_unavailable(ready);
  check_unavailable(create(client));
  redis.command({"CONFIG", "SET", "appendfsync", "always"});
  BOOST_REQUIRE(server.wait_ready());
}

BOOST_AUTO_TEST_CASE(stopping_finishes_what_runs) {
  redis_server redis;
  test_server server(redis.url());
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  BOOST_TEST(client.get("/healthz").status == 200); // it was admitted
  redis.freeze();                                   // so that the call is under way when the stop comes
  client.send("POST /generate_invite HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: "
              "Bearer " +
              staff_token() + "\r\nContent-Length: " + std::to_string(ada.size()) + "\r\n\r\n" +
              std::string(ada));
  http_client idle(server.port());
  int status = -1;
  std::thread stopper([&] { status = server.stop(); });
  BOOST_TEST(idle.closed_by_server()); // the stop has begun
  redis.thaw();
  const http_answer answer = client.receive();
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.field("connection") == "close");
  stopper.join();
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
