// Signing in while others guess: who must wait, who must not, and that nobody can keep anybody else out.
#include "store/keys/keys.hpp"
#include "tests/integration/staff_world.hpp"
#include "tests/support/child_process.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <thread>

namespace invited::test {
namespace {

constexpr std::string_view nat =
    "203.0.113.1"; ///< all that a hospital shows to the world, its guests included

struct guarded_world : staff_world {
  /// A browser's: "invited_device=<value>".
  static std::string device_of(const http_answer& in) {
    const auto [from, to] = in.fields.equal_range("set-cookie");
    const auto set =
        std::find_if(from, to, [](const auto& f) { return f.second.starts_with("invited_device="); });
    return set == to ? std::string() : set->second.substr(0, set->second.find(';'));
  }
  std::string known_browser(std::string_view username = "grey") {
    const http_answer in = sign_in(client, username, greys_password, "198.51.100.200");
    BOOST_REQUIRE(in.status == 204);
    return device_of(in);
  }
  static http_answer sign_in_known(http_client& by, std::string_view username, std::string_view password,
                                   const std::string& device, std::string_view address = nat) {
    http_fields fields = from(address);
    fields.emplace_back("Cookie", device);
    const std::string body =
        R"({"username":")" + std::string(username) + R"(","password":")" + std::string(password) + "\"}";
    return by.post_json("/sign-in", body, fields);
  }

  void guess(int times, std::string_view username = "grey", std::string_view address = nat) {
    for (int i = 0; i < times; ++i)
      BOOST_TEST(sign_in(i % 2 == 0 ? client : other, username, "not the password", address).status == 401);
  }
  int right(std::string_view username, std::string_view address) {
    return sign_in(client, username, greys_password, address).status;
  }

  /// Runs `invited user`, as an operator does.
  void user(std::vector<std::string> args) {
    temp_folder folder;
    args.insert(args.begin(), "user");
    for (const std::string& more : {std::string("--redis"), redis.url(), std::string("--key-file"),
                                    folder.write("keys", test_key_file())})
      args.push_back(more);
    child_process run(INVITED_EXECUTABLE, args);
    BOOST_REQUIRE(run.wait() == 0);
  }
};

/// Strangers that go on and on from one /48, each with names of its own, until it ends.
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
        std::this_thread::sleep_for(
            std::chrono::milliseconds(20)); // an attack that leaves a machine for the tests
      }
    } catch (const std::exception&) {
      ++strange_;
    }
  }

  std::atomic<bool> over_{false};
  std::atomic<int> refused_{0}, strange_{0};
  std::vector<std::thread> threads_;
};

BOOST_FIXTURE_TEST_SUITE(sign_in_limits, guarded_world)

BOOST_AUTO_TEST_CASE(five_wrong_ones_make_an_account_wait_where_they_came_from) {
  guess(5);
  for (http_client* by : {&client, &other}) {
    const http_answer refused = sign_in(*by, "Grey", greys_password, nat);
    BOOST_TEST(refused.status == 429);
    BOOST_TEST(refused.json("code") == "too_many_attempts");
    const int wait = std::stoi(refused.field("retry-after"));
    BOOST_TEST((wait >= 1 && wait <= 60));
    BOOST_TEST(ask_token(*by, "grey", greys_password, nat).status == 429);
  }
  add("yang", "physician", {"clinic-1"});
  BOOST_TEST(right("yang", nat) == 204);           // another account
  BOOST_TEST(right("grey", "203.0.113.2") == 204); // another address
}

BOOST_AUTO_TEST_CASE(an_address_is_the_64_of_ipv6) {
  for (int i = 0; i < 5; ++i) guess(1, "grey", "2001:db8::" + std::to_string(i + 1));
  BOOST_TEST(right("grey", "2001:db8::ff") == 429);
  BOOST_TEST(right("grey", "2001:db8:0:1::1") == 204);
}

BOOST_AUTO_TEST_CASE(guesses_at_the_same_time_are_no_more_than_five) {
  constexpr int guesses = 12;
  std::array<int, guesses> statuses{};
  std::vector<std::thread> threads;
  for (int i = 0; i < guesses; ++i) {
    threads.emplace_back([&, i] {
      http_client by(i % 2 == 0 ? one.port() : two.port());
      statuses[static_cast<std::size_t>(i)] = sign_in(by, "grey", "not the password", nat).status;
    });
  }
  for (std::thread& t : threads) t.join();
  BOOST_TEST(std::ranges::count(statuses, 401) == 5);
  BOOST_TEST(std::ranges::count(statuses, 429) == guesses - 5);
}

BOOST_AUTO_TEST_CASE(a_browser_that_was_there_before_is_not_locked_out_by_others) {
  const std::string device = known_browser();
  guess(5);
  BOOST_TEST(right("grey", nat) == 429);
  for (http_client* by : {&client, &other})
    BOOST_TEST(sign_in_known(*by, "GREY", greys_password, device).status == 204);
  const http_answer form = client.request("POST", "/token",
                                          {{"X-Forwarded-For", std::string(nat)},
                                           {"Cookie", device},
                                           {"Content-Type", "application/x-www-form-urlencoded"}},
                                          "username=grey&password=a+phrase+of+some+length");
  BOOST_TEST(form.status == 200);
}

BOOST_AUTO_TEST_CASE(it_is_known_for_its_own_account_only) {
  add("yang", "physician", {"clinic-1"});
  const std::string device = known_browser("yang");
  guess(5);
  BOOST_TEST(sign_in_known(client, "grey", greys_password, device).status == 429);
  const http_answer both = sign_in_known(client, "grey", greys_password, device, "203.0.113.2");
  BOOST_REQUIRE(both.status == 204);
  BOOST_TEST(sign_in_known(client, "grey", greys_password, device_of(both)).status == 204); // from now on
  BOOST_TEST(sign_in_known(client, "yang", greys_password, device_of(both)).status == 204); // as well
}

BOOST_AUTO_TEST_CASE(a_stolen_one_is_five_guesses_a_minute_and_costs_others_nothing) {
  const std::string device = known_browser(), owners = known_browser();
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(sign_in_known(i % 2 == 0 ? client : other, "grey", "not the password", device,
                             "198.51.100." + std::to_string(i))
                   .status == 401);
  for (http_client* by : {&client, &other})
    BOOST_TEST(sign_in_known(*by, "grey", greys_password, device, "198.51.100.77").status == 429);
  BOOST_TEST(sign_in_known(client, "grey", greys_password, owners, "198.51.100.1").status == 204);
  BOOST_TEST(right("grey", "198.51.100.1") == 204);
}

BOOST_AUTO_TEST_CASE(a_new_password_and_being_disabled_void_it) {
  for (const std::string_view act : {"passwd", "disable"}) {
    const std::string device = known_browser();
    guess(5);
    BOOST_TEST(sign_in_known(client, "grey", greys_password, device).status == 204);
    temp_folder folder;
    if (act == "passwd") user({"passwd", "grey", "--password-file", folder.write("p", greys_password)});
    if (act == "disable") user({"disable", "grey"});
    BOOST_TEST(sign_in_known(client, "grey", greys_password, device).status == 429, act);
    if (act == "disable") user({"enable", "grey"});
    BOOST_TEST(sign_in_known(client, "grey", greys_password, device).status == 429, act);
    redis.command({"FLUSHALL"});
    add("grey", "clinician", {"clinic-1", "clinic-2"});
  }
}

BOOST_AUTO_TEST_CASE(the_browser_is_told_what_to_keep) {
  test_server tls(redis.url(), {"--base-url=https://portal.example.org"});
  BOOST_REQUIRE(tls.wait_ready());
  http_client by(tls.port());
  const http_answer in = sign_in(by, "grey", greys_password);
  BOOST_TEST(in.fields.count("set-cookie") == 2U);
  const auto set = std::prev(in.fields.upper_bound("set-cookie"))->second;
  BOOST_TEST(set.starts_with("__Host-invited_device="));
  BOOST_TEST(set.ends_with("; Max-Age=7776000; Path=/; HttpOnly; SameSite=Strict; Secure"));
  BOOST_TEST(set.find("grey") == std::string::npos);
  BOOST_TEST(sign_in(by, "grey", "not the password").fields.count("set-cookie") == 0U);
  BOOST_TEST(me(by, with_cookie(set.substr(0, set.find(';')))).status == 401); // it opens nothing
}

BOOST_AUTO_TEST_CASE(who_goes_on_after_a_429_costs_redis_nothing_and_nobody_a_sign_in) {
  const std::string device = known_browser();
  add("yang", "physician", {"clinic-1"});
  guess(5);
  const auto gets = [this] { // each attempt that asks makes at least one
    const std::string info = redis.command({"INFO", "commandstats"}), name = "cmdstat_get:calls=";
    const std::size_t at = info.find(name);
    return at == info.npos ? 0 : std::stoi(info.substr(at + name.size()));
  };
  for (int i = 0; i < 70; ++i) BOOST_TEST(right("grey", nat) == 429); // as often as tokens may be forged
  const int before = gets();
  for (int i = 0; i < 300; ++i) BOOST_TEST(right("grey", nat) == 429);
  BOOST_TEST(gets() - before < 60); // one a second, and not two each
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
  BOOST_TEST(sign_in(patient, "grey", greys_password, "198.51.100.1").status == 204); // last, but not never
}

BOOST_AUTO_TEST_CASE(who_would_wait_too_long_is_told_so) {
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
  BOOST_TEST(right("grey", "198.51.100.1") == 204);                 // in a network that does not
  int busy = 0, refused = 0;
  for (const auto& c : clients) {
    const http_answer a = c->receive();
    if (a.status == 503 && a.json("code") == "busy" && !a.field("retry-after").empty()) ++busy;
    if (a.status == 401) ++refused;
  }
  BOOST_TEST(busy + refused == users);
  BOOST_TEST(busy > 0);
  BOOST_TEST(refused > 16); // those that were let wait, and what was done meanwhile
}

BOOST_AUTO_TEST_CASE(who_was_not_judged_is_not_counted) {
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
  BOOST_TEST(redis.command({"KEYS", "thr:*"}) == "*0\r\n"); // right, or given back
}

BOOST_AUTO_TEST_CASE(a_proxy_that_nobody_named_is_told_of_once) {
  test_server bare(redis.url());
  BOOST_REQUIRE(bare.wait_ready());
  for (int i = 0; i < 6; ++i) { // on connections of their own, so on both threads
    http_client by(bare.port());
    for (int j = 0; j < 3; ++j) by.get("/healthz", from("198.51.100.77"));
  }
  const std::string log = bare.log(), event = "forwarded_not_trusted";
  const std::size_t at = log.find(event);
  BOOST_REQUIRE(at != log.npos);
  BOOST_TEST(log.find(event, at + 1) == log.npos);
  const std::string line = log.substr(at, log.find('\n', at) - at);
  BOOST_TEST(line.find("--trusted-proxy") != line.npos);
  BOOST_TEST(line.find(R"("peer":"127.0.0.1")") != line.npos);
  BOOST_TEST(log.find("198.51.100") == log.npos);
  for (test_server* s : {&one, &two})
    BOOST_TEST(s->log().find(event) == std::string::npos); // where it is named
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
