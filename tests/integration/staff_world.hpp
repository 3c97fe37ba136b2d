#pragma once

#include "tests/store/staff/staff_fixture.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace invited::test {

inline constexpr std::string_view greys_password = "a phrase of some length";

/// Two servers on one Redis, with accounts. Each test chooses the addresses of its requests.
struct staff_world {
  redis_server redis;
  staff_side side;
  test_server one, two;
  http_client client, other;

  staff_world() : staff_world(nullptr) {}
  explicit staff_world(const moved_clock* clock)
      : redis(clock != nullptr ? redis_server(*clock) : redis_server()),
        side(redis),
        one(redis.url(), flags()),
        two(redis.url(), flags()),
        client(one.port()),
        other(two.port()) {
    BOOST_REQUIRE(one.wait_ready());
    BOOST_REQUIRE(two.wait_ready());
    add("grey", "clinician", {"clinic-1", "clinic-2"});
  }

  /// On a busy machine a password takes a while, and the other connection must wait for its turn.
  static std::vector<std::string> flags() { return {"--trusted-proxy=127.0.0.1", "--header-timeout=5m"}; }

  void add(std::string_view username, std::string_view role, std::vector<std::string> providers) {
    store::account a = an_account(username);
    a.role = role;
    a.providers = std::move(providers);
    static const store::password_hash hash = store::hash_password(greys_password, side.random);
    a.password = hash;
    side.add(a);
  }

  static http_fields from(std::string_view address) { return {{"X-Forwarded-For", std::string(address)}}; }

  static http_answer sign_in(http_client& by, std::string_view username, std::string_view password,
                             std::string_view address = "203.0.113.1") {
    const std::string body =
        R"({"username":")" + std::string(username) + R"(","password":")" + std::string(password) + "\"}";
    return by.post_json("/sign-in", body, from(address));
  }

  static http_answer ask_token(http_client& by, std::string_view username, std::string_view password,
                               std::string_view address = "203.0.113.1") {
    http_fields fields = from(address);
    fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    std::string form = "grant_type=password&username=" + std::string(username) + "&password=";
    for (const char c : password) form += c == ' ' ? '+' : c;
    return by.request("POST", "/token", fields, form);
  }

  /// "invited=<token>", to send as Cookie.
  std::string cookie_of(std::string_view username = "grey") {
    const http_answer in = sign_in(client, username, greys_password);
    BOOST_REQUIRE(in.status == 204);
    const std::string set = in.field("set-cookie");
    return set.substr(0, set.find(';'));
  }
  std::string token_of(std::string_view username = "grey") {
    const http_answer in = ask_token(client, username, greys_password);
    BOOST_REQUIRE(in.status == 200);
    return in.json("access_token");
  }

  static http_fields with_cookie(const std::string& cookie) { return {{"Cookie", cookie}}; }
  static http_fields with_token(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }

  /// What a page's script sends with a call that changes something.
  static http_fields as_page(const std::string& cookie) {
    return {{"Cookie", cookie}, {"Content-Type", "application/json"}, {"Origin", "http://localhost"}};
  }

  http_answer me(http_client& by, const http_fields& who) { return by.get("/users/me", who); }
};

} // namespace invited::test
