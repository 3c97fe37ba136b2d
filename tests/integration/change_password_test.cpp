// POST /users/me/password, and what a sign-in does with a hash that is older than today's rules.
#include "tests/integration/staff_world.hpp"
#include "tests/store/crypto/outdated_hash.hpp"

namespace invited::test {
namespace {

constexpr std::string_view another = "another phrase altogether", composed = "caf\xC3\xA9 au lait, please",
                           apart = "cafe\xCC\x81 au lait, please";

struct password_world : staff_world {
  static http_answer change(http_client& by, http_fields who, std::string_view old_one,
                            std::string_view new_one, std::string_view address = "203.0.113.1") {
    who.emplace_back("X-Forwarded-For", std::string(address));
    const std::string body = R"({"old_password":")" + std::string(old_one) + R"(","new_password":")" +
                             std::string(new_one) + "\"}";
    return by.request("POST", "/users/me/password", who, body);
  }
  static http_fields by_token(const std::string& token) {
    http_fields fields = with_token(token);
    fields.emplace_back("Content-Type", "application/json");
    return fields;
  }
  std::string audit_of(std::string_view provider = "clinic-1") {
    return client.get("/audit?provider_id=" + std::string(provider), with_token(staff_token("admin", {})))
        .body;
  }
};

BOOST_FIXTURE_TEST_SUITE(change_password, password_world)

BOOST_AUTO_TEST_CASE(it_ends_all_other_sign_ins_and_keeps_this_browser) {
  const std::string cookie = cookie_of(), elsewhere = cookie_of(), token = token_of();
  const http_answer changed = change(client, as_page(cookie), greys_password, another);
  BOOST_REQUIRE(changed.status == 204);
  const std::string set = changed.field("set-cookie"), fresh = set.substr(0, set.find(';'));
  BOOST_TEST(set.ends_with("; Max-Age=1800; Path=/; HttpOnly; SameSite=Strict"));
  for (http_client* by : {&client, &other}) {
    BOOST_TEST(me(*by, with_cookie(fresh)).json("username") == "grey");
    for (const std::string& ended : {cookie, elsewhere})
      BOOST_TEST(me(*by, with_cookie(ended)).status == 401);
    BOOST_TEST(me(*by, with_token(token)).status == 401);
  }
  BOOST_TEST(sign_in(other, "grey", greys_password).status == 401);
  BOOST_TEST(sign_in(other, "grey", another).status == 204);
  for (const std::string_view provider : {"clinic-1", "clinic-2"})
    BOOST_TEST(
        audit_of(provider).find(R"("actor":"grey","role":"clinician","action":"password_changed","ref":null,)"
                                R"("address":"203.0.113.1","outcome":"ok")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_token_changes_it_too_and_ends_with_it) {
  const std::string token = token_of();
  const http_answer changed = change(client, by_token(token), greys_password, another);
  BOOST_TEST(changed.status == 204);
  BOOST_TEST(changed.field("set-cookie").empty());
  BOOST_TEST(me(other, with_token(token)).status == 401);
  BOOST_TEST(ask_token(other, "grey", another).status == 200);
}

BOOST_AUTO_TEST_CASE(callers_that_are_refused) {
  const std::string cookie = cookie_of();
  const http_answer portal = change(client, by_token(staff_token("portal")), greys_password, another);
  BOOST_TEST(portal.status == 403);
  BOOST_TEST(portal.json("code") == "no_account");
  http_fields foreign = as_page(cookie);
  foreign.back().second = "https://evil.example";
  BOOST_TEST(change(client, foreign, greys_password, another).json("code") == "foreign_origin");
  BOOST_TEST(change(client, {}, greys_password, another).status == 401);
  const http_answer wrong = change(client, as_page(cookie), "not the password", another);
  BOOST_TEST(wrong.status == 403);
  BOOST_TEST(wrong.json("code") == "wrong_password");
  BOOST_TEST(me(client, with_cookie(cookie)).status == 200);
  BOOST_TEST(audit_of().find(R"("action":"sign_in_failed")") != std::string::npos);
  BOOST_TEST(sign_in(client, "grey", greys_password).status == 204);
}

BOOST_AUTO_TEST_CASE(nobody_guesses_here_faster_than_at_the_sign_in) {
  const std::string cookie = cookie_of();
  for (int i = 0; i < 5; ++i) {
    http_client& by = i % 2 == 0 ? client : other;
    BOOST_TEST(change(by, as_page(cookie), "not the password", another).status == 403);
  }
  const http_answer wait = change(client, as_page(cookie), greys_password, another);
  BOOST_TEST(wait.status == 429);
  BOOST_TEST(wait.json("code") == "too_many_attempts");
  BOOST_TEST(sign_in(other, "grey", greys_password).status == 429);
  BOOST_TEST(me(client, with_cookie(cookie)).status == 200);
}

BOOST_AUTO_TEST_CASE(a_broken_rule_is_named_without_the_password) {
  const std::string cookie = cookie_of();
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"fourteen chars", "too_short"},    {"Meredith-Grey-2024", "is_user_name"},
      {"1234567890123456", "too_common"}, {"xqz7xqz7xqz7xqz7", "too_repetitive"},
      {greys_password, "same_as_old"},    {"a tab \\t stands in it", "forbidden_character"},
  };
  for (const auto& [bad, code] : cases) {
    const http_answer refused = change(client, as_page(cookie), greys_password, bad);
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(refused.body.find(R"([{"pointer":"/new_password","code":")" + std::string(code) + '"') !=
                   std::string::npos,
               refused.body);
    BOOST_TEST(refused.body.find(bad) == std::string::npos);
  }
  BOOST_TEST(sign_in(client, "grey", greys_password).status == 204); // nothing has changed
  const std::string log = one.log();                                 // the server has ended after this
  for (const std::string_view secret : {"fourteen", "Meredith", "xqz7", "phrase"})
    BOOST_TEST(log.find(secret) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_password_from_before_the_rules_still_signs_in) {
  store::account yang = an_account("yang");
  yang.password = store::hash_password("passwordpassword", side.random);
  side.add(yang);
  BOOST_TEST(sign_in(client, "yang", "passwordpassword").status == 204);
}

BOOST_AUTO_TEST_CASE(an_outdated_hash_becomes_one_of_the_normal_form) {
  side.change("grey", [](store::account& a) { a.password = outdated_hash(apart); });
  const std::int64_t epoch = side.find("grey")->epoch;
  BOOST_TEST(sign_in(client, "grey", composed).status == 401); // not the password that it was made of
  const std::string cookie = [this] {
    const std::string set = sign_in(client, "grey", apart).field("set-cookie");
    return set.substr(0, set.find(';'));
  }();
  const auto renewed = side.find("grey");
  BOOST_TEST((renewed->password != outdated_hash(apart)));
  BOOST_TEST((renewed->password == store::hash_password(composed, renewed->password.salt)));
  BOOST_TEST(renewed->epoch == epoch);
  BOOST_TEST(me(other, with_cookie(cookie)).status == 200);
  for (const std::string_view typed : {composed, apart})
    BOOST_TEST(sign_in(other, "grey", typed).status == 204);
  BOOST_TEST((side.find("grey")->password == renewed->password)); // only once
}

BOOST_AUTO_TEST_CASE(a_refused_sign_in_keeps_the_old_hash) {
  side.change("grey", [](store::account& a) {
    a.password = outdated_hash(apart);
    a.disabled = true;
  });
  BOOST_TEST(sign_in(client, "grey", apart).status == 401);
  BOOST_TEST((side.find("grey")->password == outdated_hash(apart)));
}

BOOST_AUTO_TEST_CASE(an_outdated_hash_is_no_obstacle_to_another_password) {
  side.change("grey", [](store::account& a) { a.password = outdated_hash(apart); });
  const http_answer in = sign_in(client, "grey", apart);
  const std::string set = in.field("set-cookie"), cookie = set.substr(0, set.find(';'));
  side.change("grey", [](store::account& a) { a.password = outdated_hash(apart); });
  BOOST_TEST(change(client, as_page(cookie), apart, composed).status == 204); // everybody may have it now
  BOOST_TEST(sign_in(other, "grey", composed).status == 204);
}

BOOST_AUTO_TEST_CASE(two_changes_at_a_time_are_one_and_a_refusal) {
  const std::string cookie = cookie_of();
  const std::string body = R"({"old_password":")" + std::string(greys_password) + R"(","new_password":")";
  const auto request = [&](std::string_view wanted) {
    const std::string content = body + std::string(wanted) + "\"}";
    return "POST /users/me/password HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: " +
           cookie +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(content.size()) +
           "\r\n\r\n" + content;
  };
  client.send(request("the first of two phrases"));
  other.send(request("the second of two phrases"));
  const http_answer first = client.receive(), second = other.receive();
  BOOST_TEST(((first.status == 204) != (second.status == 204)), first.status << " and " << second.status);
  const http_answer& lost = first.status == 204 ? second : first;
  BOOST_TEST((lost.status == 401 || lost.status == 403), lost.status);
  BOOST_TEST(
      sign_in(client, "grey", first.status == 204 ? "the first of two phrases" : "the second of two phrases")
          .status == 204);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
