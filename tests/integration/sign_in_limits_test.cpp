// Signing in while others guess: which account must wait, where, and which browser need not.
#include "tests/integration/guarded_world.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace invited::test {
namespace {

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
  BOOST_TEST(sign_in_known(client, "yang", greys_password, device_of(both)).status == 204); // this one, too
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

BOOST_AUTO_TEST_CASE(the_browser_gets_a_cookie_to_keep) {
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

BOOST_AUTO_TEST_CASE(a_proxy_that_nobody_named_is_reported_once) {
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
    BOOST_TEST(s->log().find(event) == std::string::npos); // the proxy is trusted there
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
