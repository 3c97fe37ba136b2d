// POST /sign-out, POST /users/me/password, and what the gate demands of cookies and of accounts' tokens.
#include "tests/handlers/staff/staff_desk.hpp"

namespace invited::test {
namespace {

constexpr std::string_view another = "another phrase altogether", everywhere = R"({"everywhere":true})";

struct signed_in : staff_desk {
  std::string cookie;

  signed_in() {
    add("grey");
    cookie = cookies_of(sign_in("grey"));
  }

  response change_password(std::string_view old_one, std::string_view new_one) {
    return as_page(verb::post, "/users/me/password", cookie,
                   R"({"old_password":")" + std::string(old_one) + R"(","new_password":")" +
                       std::string(new_one) + "\"}");
  }
};

BOOST_FIXTURE_TEST_SUITE(own_account, signed_in)

BOOST_AUTO_TEST_CASE(signing_out_ends_this_one_and_everywhere_ends_all) {
  const std::string second = cookies_of(sign_in("grey"));
  const response out = as_page(verb::post, "/sign-out", cookie);
  BOOST_TEST(out.status == 204U);
  BOOST_TEST(field_of(out, "Set-Cookie") ==
             "__Host-invited=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure");
  BOOST_TEST(last_event() == "signed_out ok grey clinician 198.51.100.7");
  BOOST_TEST(told(me(cookie)) == "401 unauthorized");
  BOOST_TEST(told(as_page(verb::post, "/sign-out", cookie)) == "401 unauthorized");
  BOOST_TEST(me(second).status == 200U);
  BOOST_TEST(get("/users/me", token_of("grey")).status == 200U);
  BOOST_TEST(as_page(verb::post, "/sign-out", second, everywhere).status == 204U);
  BOOST_TEST(last_event() == "signed_out_everywhere ok grey clinician 198.51.100.7");
  BOOST_TEST(told(me(second)) == "401 unauthorized");
  BOOST_TEST(told(get("/users/me", token_of("grey"))) == "401 unauthorized");
}

BOOST_AUTO_TEST_CASE(a_token_ends_with_all_or_not_at_all) {
  const std::string token = token_of("grey");
  BOOST_TEST(told(post("/sign-out", token)) == "409 no_session");
  BOOST_TEST(told(post("/sign-out", portal, everywhere)) == "409 no_session");
  BOOST_TEST(told(post("/sign-out", token, "{")) == "400 malformed_json");
  BOOST_TEST(told(post("/sign-out", token, R"({"everywhere":1})")) ==
             "422 invalid_content /everywhere:wrong_type");
  BOOST_TEST(told(post("/sign-out", token, R"({"zip":1})")) == "422 invalid_content /zip:unknown_field");
  BOOST_TEST(told(post("/sign-out", token, "x", {{field::content_type, "text/plain"}})) ==
             "415 unsupported_media_type");
  BOOST_TEST(me(cookie).status == 200U);
  BOOST_TEST(post("/sign-out", token, everywhere).status == 204U);
  BOOST_TEST(told(me(cookie)) == "401 unauthorized");
}

BOOST_AUTO_TEST_CASE(an_accounts_token_is_as_good_as_the_account) {
  BOOST_TEST(get("/users/me", token_of("grey")).status == 200U);
  for (const std::string& bad : {token_of("grey", 6), token_of("grey", 8), token_of("nobody"), token_of("")})
    BOOST_TEST(told(get("/users/me", bad)) == "401 unauthorized");
  change("grey", [](store::account& a) { a.disabled = true; });
  BOOST_TEST(told(get("/users/me", token_of("grey"))) == "401 unauthorized");
  BOOST_TEST(told(me(cookie)) == "401 unauthorized");
}

BOOST_AUTO_TEST_CASE(a_cookie_can_change_something_from_our_own_pages_only) {
  const struct {
    verb method;
    std::string_view path, type, origin, told;
  } cases[] = {
      {verb::post, "/invites/x/revoke", "application/json", "https://invite.example.org", "404 not_found"},
      {verb::post, "/invites/x/revoke", "application/json", "https://invite.example.org:443",
       "404 not_found"},
      {verb::post, "/invites/x/revoke", "application/json", "", "403 foreign_origin"},
      {verb::post, "/invites/x/revoke", "application/json", "null", "403 foreign_origin"},
      {verb::post, "/invites/x/revoke", "application/json", "http://invite.example.org",
       "403 foreign_origin"},
      {verb::post, "/invites/x/renew", "", "https://invite.example.org", "403 foreign_origin"},
      {verb::del, "/invites/x", "text/plain", "https://invite.example.org", "403 foreign_origin"},
      {verb::del, "/invites/x", "application/json", "https://evil.example", "403 foreign_origin"},
      {verb::post, "/generate_invite", "application/json", "https://evil.example", "403 foreign_origin"},
      {verb::post, "/sign-out", "", "https://invite.example.org", "403 foreign_origin"},
      {verb::get, "/users/me", "", "https://evil.example", "200"}}; // SameSite=Strict sends none there
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.path << ' ' << c.type << ' ' << c.origin)
  BOOST_TEST(told(as_page(c.method, c.path, cookie, "", c.origin, c.type)) == c.told);
  BOOST_TEST(me(cookie).status == 200U);
  // A caller with a token is not judged by a cookie, so a bad token is not made good by one.
  BOOST_TEST(told(get("/users/me", "Bearer x", {{field::cookie, cookie}})) == "401 unauthorized");
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_all_other_sign_ins_and_keeps_this_browser) {
  const std::string token = token_of("grey");
  const response out = change_password(greys_password, another);
  BOOST_REQUIRE(out.status == 204U);
  BOOST_TEST(last_event() == "password_changed ok grey clinician 198.51.100.7");
  BOOST_TEST(told(me(cookie)) == "401 unauthorized");
  BOOST_TEST(told(get("/users/me", token)) == "401 unauthorized");
  BOOST_TEST(me(cookies_of(out)).status == 200U);
  BOOST_TEST(sign_in("grey", another).status == 204U);
}

BOOST_AUTO_TEST_CASE(a_broken_rule_is_named_without_the_password_and_changes_nothing) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"fourteen chars", "too_short"},    {"Meredith-Grey-2024", "is_user_name"},
      {"1234567890123456", "too_common"}, {"xqz7xqz7xqz7xqz7", "too_repetitive"},
      {greys_password, "same_as_old"},    {"a tab \\t stands in it", "forbidden_character"}};
  for (const auto& [bad, code] : cases) {
    const response out = change_password(greys_password, bad);
    BOOST_TEST(told(out) == "422 invalid_content /new_password:" + std::string(code));
    BOOST_TEST(!contains(out.body, bad));
  }
  BOOST_TEST(told(as_page(verb::post, "/users/me/password", cookie, "{}")) ==
             "422 invalid_content /old_password:required /new_password:required");
  BOOST_TEST(told(post("/users/me/password", portal, "{")) == "403 no_account");
  BOOST_TEST(told(post("/users/me/password", token_of("grey"), "x", {{field::content_type, "text/x"}})) ==
             "415 unsupported_media_type");
  const response wrong = change_password("not the password", another);
  BOOST_TEST(told(wrong) == "403 wrong_password");
  BOOST_TEST(field_of(wrong, "WWW-Authenticate") == "");
  BOOST_TEST(last_event() == "sign_in_failed wrong_credentials grey clinician 198.51.100.7");
  BOOST_TEST(me(cookie).status == 200U);
}

BOOST_AUTO_TEST_SUITE_END()

struct few_forgeries : desk {
  few_forgeries() : desk(call_limits{.forgeries = 3}) {}
};

BOOST_FIXTURE_TEST_CASE(whoever_forges_tokens_must_wait_and_a_known_token_need_not, few_forgeries) {
  BOOST_TEST(get("/users/me", grey).status == 200U);
  std::string forged = bearer("admin");
  forged.back() = forged.back() == 'A' ? 'E' : 'A';
  for (int i = 0; i < 3; ++i) BOOST_TEST(told(get("/users/me", forged)) == "401 unauthorized");
  const response out = get("/users/me", forged);
  BOOST_TEST(told(out) == "429 rate_limited");
  BOOST_TEST(std::stoi(field_of(out, "Retry-After")) > 0);
  BOOST_TEST(get("/users/me", grey).status == 200U); // seen before
  BOOST_TEST(told(get("/users/me", portal)) == "429 rate_limited");
  client = "198.51.100.8";
  BOOST_TEST(get("/users/me", portal).status == 200U);
}

} // namespace
} // namespace invited::test
