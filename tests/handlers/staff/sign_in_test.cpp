// POST /sign-in and POST /token: who gets in, and that nobody learns why they do not.
#include "tests/handlers/staff/staff_desk.hpp"

#include <tuple>

namespace invited::test {
namespace {

constexpr std::string_view form = "application/x-www-form-urlencoded";

struct door : staff_desk {
  using staff_desk::staff_desk;

  response ask_token(std::string_view body) {
    return call(verb::post, "/token", {}, body, {{field::content_type, form}});
  }
};

BOOST_FIXTURE_TEST_SUITE(sign_in, door)

BOOST_AUTO_TEST_CASE(a_password_gets_a_cookie_and_a_token_of_the_account) {
  add("grey");
  const response in = sign_in("GREY");
  BOOST_REQUIRE(in.status == 204U);
  BOOST_TEST(in.body == "");
  BOOST_TEST(in.no_store);
  BOOST_TEST(!in.patient);
  const std::string set = field_of(in, "Set-Cookie");
  BOOST_TEST(set.starts_with("__Host-invited="));
  BOOST_TEST(
      contains(set, "; Max-Age=1800; Path=/; HttpOnly; SameSite=Strict; Secure | __Host-invited_device="));
  BOOST_TEST(set.ends_with("; Max-Age=7776000; Path=/; HttpOnly; SameSite=Strict; Secure"));
  BOOST_TEST(!contains(set, "grey"));
  BOOST_TEST(last_event() == "signed_in ok grey clinician 198.51.100.7");
  const std::string cookie = cookies_of(in);
  const response seen = me(cookie);
  BOOST_TEST(seen.body ==
             R"({"username":"grey","name":"Meredith Grey","role":"clinician","provider_ids":["clinic-1"],)"
             R"("session_expires_at":")" +
                 member(seen, "session_expires_at") + "\"}");
  BOOST_TEST(field_of(seen, "Set-Cookie") == "");                             // more than half is left
  BOOST_TEST(told(me("invited=" + cookie.substr(15))) == "401 unauthorized"); // the name for plain http
  BOOST_TEST(told(me(cookie.substr(cookie.find("__Host-invited_device")))) == "401 unauthorized");

  const response token = ask_token("grant_type=password&username=grey&password=a+phrase+of+some+length");
  BOOST_TEST(token.body == R"({"access_token":")" + member(token, "access_token") +
                               R"(","token_type":"bearer","expires_in":1800})");
  BOOST_TEST(field_of(token, "Set-Cookie") == "");
  BOOST_TEST(member(get("/users/me", "Bearer " + member(token, "access_token")), "username") == "grey");
}

BOOST_AUTO_TEST_CASE(an_unknown_a_wrong_and_a_disabled_one_get_the_same_answer) {
  add("grey");
  add("yang");
  change("yang", [](store::account& a) { a.disabled = true; });
  const response wrong = sign_in("grey", "not the password");
  BOOST_TEST(told(wrong) == "401 wrong_credentials");
  BOOST_TEST(field_of(wrong, "WWW-Authenticate") == "Bearer");
  BOOST_TEST(field_of(wrong, "Set-Cookie") == "");
  for (const response& other : {sign_in("nobody"), sign_in("yang"), sign_in("no rule \\u00e9"),
                                ask_token("username=nobody&password=x")}) {
    BOOST_TEST(other.body == wrong.body);
    BOOST_TEST(other.fields == wrong.fields);
  }
  const std::vector<std::string> known = {"sign_in_failed disabled yang clinician 198.51.100.7",
                                          "sign_in_failed wrong_credentials grey clinician 198.51.100.7"};
  BOOST_TEST(audit_of() == known, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_reported_and_is_not_an_attempt) {
  add("grey");
  const std::string long_name(255, 'u'), long_password(5000, 'p');
  const auto as_json = [](std::string_view name, std::string_view word) {
    return R"({"username":")" + std::string(name) + R"(","password":")" + std::string(word) + "\"}";
  };
  const std::pair<std::string, std::string_view> bodies[] = {
      {"{", "400 malformed_json"},
      {as_json("grey", "\xff"), "400 malformed_json"},
      {"{}", "422 invalid_content /username:required /password:required"},
      {R"({"username":7,"password":null})", "422 invalid_content /username:wrong_type /password:wrong_type"},
      {as_json("", ""), "422 invalid_content /username:empty /password:empty"},
      {as_json(long_name, long_password), "422 invalid_content /username:too_long /password:too_long"},
      {R"({"username":"a","password":"b","otp":"1"})", "422 invalid_content /otp:unknown_field"}};
  for (const auto& [body, wanted] : bodies)
    BOOST_TEST(told(post("/sign-in", {}, body)) == wanted, body.substr(0, 60));
  const std::pair<std::string_view, std::string_view> forms[] = {
      {"username=%zz", "400 malformed_form"},
      {"username=%ff&password=x", "400 malformed_form"},
      {"grant_type=password", "422 invalid_content /username:required /password:required"},
      {"grant_type=code&username=a&password=b", "422 invalid_content /grant_type:unknown_kind"},
      {"username=a&username=b&password=c", "422 invalid_content /username:duplicate_field"}};
  for (const auto& [body, wanted] : forms) BOOST_TEST(told(ask_token(body)) == wanted, body);
  for (const auto& [path, type, accept] :
       {std::tuple{"/sign-in", form, "application/json"},
        {"/sign-in", std::string_view("text/plain"), "application/json"},
        {"/token", std::string_view("application/json"), "application/x-www-form-urlencoded"}}) {
    const response out = call(verb::post, path, {}, "{}", {{field::content_type, type}});
    BOOST_TEST(told(out) == "415 unsupported_media_type");
    BOOST_TEST(field_of(out, "Accept") == accept);
  }
  for (const std::string_view path : {"/sign-in", "/token"}) {
    const response foreign = call(verb::post, path, {}, "username=a&password=b",
                                  {{field::content_type, path == "/token" ? form : "application/json"},
                                   {field::host, "invite.example.org"},
                                   {field::origin, "https://evil.example"}});
    BOOST_TEST(told(foreign) == "403 foreign_origin");
  }
  BOOST_TEST(redis.command({"KEYS", "thr:*"}) == "*0\r\n");
}

BOOST_AUTO_TEST_CASE(after_five_wrong_ones_the_address_waits_and_nobody_else) {
  add("grey");
  std::vector<std::unique_ptr<under_way>> guesses; // at once, so that nothing comes between them
  for (int i = 0; i < 8; ++i)
    guesses.push_back(
        begin(verb::post, "/sign-in", {}, R"({"username":"grey","password":"not the password"})"));
  int wrong = 0, waits = 0;
  for (const auto& one : guesses) {
    const response out = finish(*one);
    wrong += told(out) == "401 wrong_credentials";
    if (told(out) != "429 too_many_attempts") continue;
    ++waits;
    BOOST_TEST((std::stoi(field_of(out, "Retry-After")) <= 60));
  }
  BOOST_TEST(wrong == 5);
  BOOST_TEST(waits == 3);
  BOOST_TEST(told(sign_in("grey")) == "429 too_many_attempts"); // even the right one
  client = "::ffff:198.51.100.7";
  BOOST_TEST(told(sign_in("grey")) == "429 too_many_attempts"); // which counts as the same address
  client = "198.51.100.8";
  BOOST_TEST(sign_in("grey").status == 204U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
