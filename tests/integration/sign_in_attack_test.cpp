// Signing in during an attack: nobody can keep anybody else out, and whoever would wait too long need not.
#include "store/keys/keys.hpp"
#include "tests/integration/guarded_world.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace invited::test {
namespace {

/// Strangers from one /48 that keep guessing until this ends, with new names each time.
class attack {
public:
  attack(std::uint16_t port, int connections) {
    for (int i = 0; i < connections; ++i) threads_.emplace_back([this, port, i] { run(port, i); });
  }
  ~attack() {
    over_ = true;
    for (std::thread& t : threads_) t.join();
  }
  attack(const attack&) = delete;
  attack& operator=(const attack&) = delete;

  int refused() const { return refused_; }
  int strange() const { return strange_; }

private:
  void run(std::uint16_t port, int i) {
    try {
      http_client by(port, std::chrono::seconds(120));
      for (int n = 0; n < 2000 && !over_; ++n) {
        const std::string tail = std::to_string(i * 2000 + n);
        const http_answer a =
            staff_world::sign_in(by, "user-" + tail, "not the password",
                                 "2001:db8:1:" + std::to_string(n) + "::" + std::to_string(i));
        if (a.status == 503)
          ++refused_;
        else if (a.status != 401)
          ++strange_;
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // the tests need the machine, too
      }
    } catch (const std::exception&) {
      ++strange_;
    }
  }

  std::atomic<bool> over_{false};
  std::atomic<int> refused_{0}, strange_{0};
  std::vector<std::thread> threads_;
};

BOOST_FIXTURE_TEST_SUITE(sign_in_attacks, guarded_world)

BOOST_AUTO_TEST_CASE(whoever_goes_on_after_a_429_costs_redis_nothing_and_nobody_a_sign_in) {
  const std::string device = known_browser();
  add("yang", "physician", {"clinic-1"});
  guess(5);
  const auto gets = [this] { // each attempt that asks Redis makes at least one
    const std::string info = redis.command({"INFO", "commandstats"}), name = "cmdstat_get:calls=";
    const std::size_t at = info.find(name);
    return at == info.npos ? 0 : std::stoi(info.substr(at + name.size()));
  };
  for (int i = 0; i < 70; ++i) BOOST_TEST(right("grey", nat) == 429); // as often as tokens may be forged
  const int before = gets();
  for (int i = 0; i < 300; ++i) BOOST_TEST(right("grey", nat) == 429);
  BOOST_TEST(gets() - before < 60); // one a second, not two each
  BOOST_TEST(right("yang", nat) == 204);
  BOOST_TEST(sign_in_known(client, "grey", greys_password, device).status == 204);
}

BOOST_AUTO_TEST_CASE(an_attack_from_one_network_keeps_nobody_out) {
  const std::string device = known_browser();
  const attack from_one_network(one.port(), 24);
  BOOST_REQUIRE(wait_until([&] { return from_one_network.refused() > 0; })); // its places are taken
  http_client patient(one.port(), std::chrono::seconds(60));
  for (int i = 0; i < 4; ++i) {
    const std::string elsewhere = "198.51.100." + std::to_string(i);
    BOOST_TEST(sign_in(patient, "grey", greys_password, elsewhere).status == 204);
    BOOST_TEST(sign_in_known(patient, "grey", greys_password, device, "2001:db8:1::99").status == 204);
  }
  BOOST_TEST(from_one_network.strange() == 0);
}

BOOST_AUTO_TEST_CASE(an_account_that_is_guessed_at_from_everywhere_still_opens) {
  const std::string device = known_browser();
  const store::handle name = side.accounts.name_of("grey");
  for (int i = 0; i < 100; ++i) {
    store::sign_in_attempt a = side.throttle.from_address(name, "192.0.2." + std::to_string(i));
    BOOST_REQUIRE(side.run(side.throttle.count(a)).has_value());
  }
  const attack from_one_network(one.port(), 24);
  BOOST_REQUIRE(wait_until([&] { return from_one_network.refused() > 0; }));
  http_client patient(one.port(), std::chrono::seconds(60));
  BOOST_TEST(sign_in_known(patient, "grey", greys_password, device).status == 204);
  BOOST_TEST(sign_in(patient, "grey", greys_password, "198.51.100.1").status == 204); // late, but not never
}

BOOST_AUTO_TEST_CASE(whoever_would_wait_too_long_is_refused) {
  constexpr int users = 60;
  std::vector<std::unique_ptr<http_client>> clients;
  for (int i = 0; i < users; ++i)
    clients.push_back(std::make_unique<http_client>(one.port(), std::chrono::seconds(60)));
  for (int i = 0; i < users; ++i) {
    const std::string body =
        R"({"username":"user-)" + std::to_string(i) + R"(","password":"not the password"})";
    clients[static_cast<std::size_t>(i)]->send(
        "POST /sign-in HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113." + std::to_string(i) +
        "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
        body);
  }
  BOOST_TEST(http_client(one.port()).get("/readyz").status == 200); // while they wait
  BOOST_TEST(right("grey", "198.51.100.1") == 204);                 // from a network that does not wait
  int busy = 0, refused = 0;
  for (const auto& c : clients) {
    const http_answer a = c->receive();
    if (a.status == 503 && a.json("code") == "busy" && !a.field("retry-after").empty()) ++busy;
    if (a.status == 401) ++refused;
  }
  BOOST_TEST(busy + refused == users);
  BOOST_TEST(busy > 0);
  BOOST_TEST(refused > 16); // those that were let wait, and those that were served meanwhile
}

BOOST_AUTO_TEST_CASE(an_attempt_that_was_not_judged_is_not_counted) {
  constexpr int tries = 40;
  std::array<int, tries> statuses{};
  std::vector<std::thread> threads;
  for (int i = 0; i < tries; ++i) {
    threads.emplace_back([&, i] {
      http_client by(one.port(), std::chrono::seconds(60));
      statuses[static_cast<std::size_t>(i)] =
          sign_in(by, "grey", greys_password, "203.0.113." + std::to_string(i)).status;
    });
  }
  for (std::thread& t : threads) t.join();
  const auto busy = std::ranges::count(statuses, 503);
  BOOST_TEST(busy > 0);
  BOOST_TEST(busy + std::ranges::count(statuses, 204) == tries);
  BOOST_TEST(redis.command({"KEYS", "thr:*"}) == "*0\r\n"); // each was right, or was given back
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
