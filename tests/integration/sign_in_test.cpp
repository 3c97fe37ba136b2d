// Signing in: who may, who may not, and that the answer does not say why.
#include "store/keys/keys.hpp"
#include "tests/integration/staff_world.hpp"

#include <algorithm>
#include <chrono>

namespace invited::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(sign_in, staff_world)

/// The answer without what differs from call to call.
std::string told(const http_answer& a) {
  std::string body = a.body;
  const std::size_t id = body.find(R"(,"request_id")");
  return std::to_string(a.status) + a.field("www-authenticate") + body.substr(0, id);
}

BOOST_AUTO_TEST_CASE(a_password_gets_a_cookie_that_works_everywhere) {
  const http_answer in = sign_in(client, "GREY", greys_password);
  BOOST_TEST(in.status == 204);
  BOOST_TEST(in.body.empty());
  const std::string set = in.field("set-cookie");
  BOOST_TEST(set.starts_with("invited="));
  BOOST_TEST(set.ends_with("; Max-Age=1800; Path=/; HttpOnly; SameSite=Strict"));
  BOOST_TEST(in.field("cache-control") == "no-store");
  const std::string cookie = set.substr(0, set.find(';'));
  for (http_client* by : {&client, &other}) {
    const http_answer seen = me(*by, with_cookie(cookie));
    BOOST_TEST(seen.status == 200);
    BOOST_TEST(seen.body.starts_with(R"({"username":"grey","name":"Meredith Grey","role":"clinician",)"
                                     R"("provider_ids":["clinic-1","clinic-2"],"session_expires_at":")"));
    BOOST_TEST(seen.field("set-cookie").empty()); // more than half is left
    BOOST_TEST(by->get("/invites?provider_id=clinic-1", with_cookie(cookie)).status == 200);
    BOOST_TEST(by->get("/invites?provider_id=clinic-3", with_cookie(cookie)).status == 403);
  }
  BOOST_TEST(me(client, with_cookie("a=b; " + cookie + "; c=d")).status == 200);
}

BOOST_AUTO_TEST_CASE(https_gets_a_cookie_that_no_neighbour_can_set) {
  test_server tls(redis.url(), {"--base-url=https://portal.example.org"});
  BOOST_REQUIRE(tls.wait_ready());
  http_client by(tls.port());
  const std::string set = sign_in(by, "grey", greys_password).field("set-cookie");
  BOOST_TEST(set.starts_with("__Host-invited="));
  BOOST_TEST(set.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
  const std::string cookie = set.substr(0, set.find(';'));
  BOOST_TEST(me(by, with_cookie(cookie)).status == 200);
  BOOST_TEST(me(by, with_cookie(cookie.substr(7))).status == 401); // with the cookie's name for plain http
}

BOOST_AUTO_TEST_CASE(a_token_is_a_staff_token) {
  const http_answer in = ask_token(client, "grey", greys_password);
  BOOST_TEST(in.status == 200);
  BOOST_TEST(in.json("token_type") == "bearer");
  BOOST_TEST(in.json("expires_in") == "1800");
  const http_fields who = with_token(in.json("access_token"));
  BOOST_TEST(me(other, who).json("username") == "grey");
  BOOST_TEST(me(other, who).json("name") == "Meredith Grey");
  const http_answer made = other.post_json(
      "/generate_invite",
      R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})",
      who);
  BOOST_TEST(made.status == 200);
  BOOST_TEST(client.get("/invites/" + made.json("ref"), who).json("created_by") == "grey");
  BOOST_TEST(me(client, {{"Cookie", "invited=" + in.json("access_token")}}).status == 401); // it is no cookie
}

BOOST_AUTO_TEST_CASE(accounts_need_no_configured_secret) {
  temp_folder folder;
  const std::string pem =
      folder.write("portal.pem", "-----BEGIN PUBLIC KEY-----\n"
                                 "MCowBQYDK2VwAyEA+xfEhihrfxfDtowXPF8wLlkwdDABUxNmRN0rhsPdfy4=\n"
                                 "-----END PUBLIC KEY-----\n");
  const std::vector<std::string> flags = {"--jwt-secret-file=", "--jwt-public-key=" + pem};
  test_server first(redis.url(), flags), second(redis.url(), flags);
  BOOST_REQUIRE(first.wait_ready());
  BOOST_REQUIRE(second.wait_ready());
  http_client a(first.port()), b(second.port());
  const std::string token = ask_token(a, "grey", greys_password).json("access_token");
  BOOST_TEST(me(a, with_token(token)).status == 200);
  BOOST_TEST(me(b, with_token(token)).status == 200);
  BOOST_TEST(me(client, with_token(token)).status == 401); // that one has another secret
  BOOST_TEST(me(a, with_token(staff_token())).status == 401);
}

BOOST_AUTO_TEST_CASE(nobody_learns_why_it_failed) {
  add("yang", "physician", {"clinic-1"});
  side.change("yang", [](store::account& a) { a.disabled = true; });
  const http_answer wrong = sign_in(client, "grey", "not the password"),
                    unknown = sign_in(client, "nobody", greys_password, "203.0.113.2"),
                    disabled = sign_in(client, "yang", greys_password, "203.0.113.3"),
                    odd = sign_in(client, "no rule \xC3\xA9", greys_password, "203.0.113.4");
  BOOST_TEST(wrong.status == 401);
  BOOST_TEST(wrong.json("code") == "wrong_credentials");
  BOOST_TEST(wrong.field("www-authenticate") == "Bearer");
  BOOST_TEST(wrong.field("set-cookie").empty());
  for (const http_answer& a : {unknown, disabled, odd}) BOOST_TEST(told(a) == told(wrong));
  const http_answer token = ask_token(client, "nobody", "not the password", "203.0.113.5");
  BOOST_TEST(told(token) == told(wrong));
}

BOOST_AUTO_TEST_CASE(an_unknown_user_takes_as_long) {
  const auto quickest = [this](std::string_view user, int last) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 3; ++i) {
      const auto from = std::chrono::steady_clock::now();
      BOOST_TEST(sign_in(client, user, "not the password", "203.0.113." + std::to_string(last + i)).status ==
                 401);
      best = std::min(best, std::chrono::steady_clock::now() - from);
    }
    return std::chrono::duration<double>(best).count();
  };
  const double known = quickest("grey", 10), unknown = quickest("nobody", 20);
  BOOST_TEST(unknown > known / 4); // without the same work it would be a hundredth
  BOOST_TEST(unknown < known * 4);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_reported) {
  const http_fields json = {{"Content-Type", "application/json"}}, text = {{"Content-Type", "text/plain"}},
                    form = {{"Content-Type", "application/x-www-form-urlencoded"}};
  BOOST_TEST(client.request("POST", "/sign-in", json, "{").status == 400);
  BOOST_TEST(client.request("POST", "/sign-in", json, "{}").status == 422);
  BOOST_TEST(client.request("POST", "/sign-in", form, "username=grey&password=x").status == 415);
  BOOST_TEST(client.request("POST", "/sign-in", text, "{}").status == 415);
  BOOST_TEST(client.request("POST", "/token", form, "username=%zz").status == 400);
  BOOST_TEST(client.request("POST", "/token", form, "grant_type=password").status == 422);
  const http_answer wrong = client.request("POST", "/token", json, "{}");
  BOOST_TEST(wrong.status == 415);
  BOOST_TEST(wrong.field("accept") == "application/x-www-form-urlencoded");
  http_fields foreign = json;
  foreign.emplace_back("Origin", "https://evil.example");
  const http_answer refused =
      client.request("POST", "/sign-in", foreign, R"({"username":"a","password":"b"})");
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(refused.json("code") == "foreign_origin");
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_is_not_a_wrong_password) {
  const std::string cookie = cookie_of(), token = token_of();
  redis.stop();
  BOOST_REQUIRE(wait_until([&] { return me(client, with_cookie(cookie)).status == 503; }));
  BOOST_TEST(sign_in(client, "grey", greys_password).json("code") == "store_unavailable");
  BOOST_TEST(ask_token(client, "grey", greys_password).json("code") == "store_unavailable");
  BOOST_TEST(me(client, with_token(token)).status == 503);
  BOOST_TEST(me(client, with_token(staff_token("portal"))).status == 200); // a token of no account
}

BOOST_AUTO_TEST_CASE(the_audit_shows_who_got_in_and_who_did_not) {
  cookie_of();
  sign_in(client, "grey", "not the password");
  sign_in(client, "nobody", "not the password");
  for (const std::string_view provider : {"clinic-1", "clinic-2"}) {
    const http_answer seen =
        client.get("/audit?provider_id=" + std::string(provider), with_token(staff_token("admin", {})));
    BOOST_TEST(seen.body.find(R"("actor":"grey","role":"clinician","action":"signed_in","ref":null,)"
                              R"("address":"203.0.113.1","outcome":"ok")") != std::string::npos);
    BOOST_TEST(seen.body.find(R"("action":"sign_in_failed","ref":null,"address":"203.0.113.1",)"
                              R"("outcome":"wrong_credentials")") != std::string::npos);
    BOOST_TEST(seen.body.find("nobody") == std::string::npos);
  }
  const std::string unknown(store::group_key("aud", store::group_of("")));
  BOOST_TEST(redis.command({"XLEN", unknown}).find(":0") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_log_has_no_name_password_or_token) {
  const std::string cookie = cookie_of(), token = token_of();
  sign_in(client, "grey", "not the password");
  me(client, with_cookie(cookie));
  const std::string log = one.log();
  BOOST_TEST(log.find(R"("route":"/sign-in")") != std::string::npos);
  for (const std::string& secret :
       {std::string("grey"), std::string("phrase"), std::string("not the password"), cookie.substr(8),
        token.substr(token.size() - 20)})
    BOOST_TEST(log.find(secret) == std::string::npos, secret);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
