#pragma once

#include "store/staff/accounts.hpp"
#include "tests/handlers/desk.hpp"

namespace invited::test {

inline constexpr std::string_view greys_password = "a phrase of some length";

/// Calls of people with an account. Hashing a password takes a while, so a test should check few of them.
struct staff_desk : desk {
  using desk::desk;

  store::accounts accounts{side.connection(), side.seals()};

  void add(std::string_view username, std::string_view role = "clinician",
           std::vector<std::string> providers = {"clinic-1"}) {
    static const store::password_hash hash = store::hash_password(greys_password, side.random());
    const store::account a{.username = std::string(username),
                           .name = "Meredith Grey",
                           .role = std::string(role),
                           .providers = std::move(providers),
                           .password = hash,
                           .epoch = 7};
    BOOST_REQUIRE((side.run(accounts.write(a, {})).value() == store::account_write::done));
  }
  void change(std::string_view username, std::function<void(store::account&)> act) {
    BOOST_REQUIRE(side.run(accounts.change(username, std::move(act))).value().has_value());
  }

  response sign_in(std::string_view username, std::string_view password = greys_password,
                   std::string_view cookie = {}) {
    return post("/sign-in", {},
                R"({"username":")" + std::string(username) + R"(","password":")" + std::string(password) +
                    "\"}",
                {{field::cookie, cookie}});
  }

  /// The cookies of an answer, as a browser sends them back.
  static std::string cookies_of(const response& in) {
    std::string all;
    for (std::string_view rest = in.fields; rest.find("Set-Cookie: ") != rest.npos;) {
      rest.remove_prefix(rest.find("Set-Cookie: ") + 12);
      if (!all.empty()) all += "; ";
      all += rest.substr(0, rest.find(';'));
    }
    return all;
  }

  /// What a page's script sends with a call that changes something.
  response as_page(verb method, std::string_view path, std::string_view cookie, std::string_view body = {},
                   std::string_view origin = "https://invite.example.org",
                   std::string_view type = "application/json") {
    return call(method, path, {}, body,
                {{field::cookie, cookie},
                 {field::content_type, type},
                 {field::host, "invite.example.org"},
                 {field::origin, origin}});
  }
  response me(std::string_view cookie) { return get("/users/me", {}, {{field::cookie, cookie}}); }

  /// A token of an account, as POST /token gives one.
  static std::string token_of(std::string_view username, std::int64_t epoch = 7,
                              std::string_view role = "clinician") {
    const std::int64_t now = std::time(nullptr);
    handlers::staff_claims claims;
    claims.subject = username;
    claims.role = role;
    claims.providers = {"clinic-1"};
    claims.issued_at = now;
    claims.expires_at = now + 600;
    claims.account_epoch = epoch;
    return "Bearer " + handlers::mint_staff_token(test_jwt_secret, claims);
  }
};

} // namespace invited::test
