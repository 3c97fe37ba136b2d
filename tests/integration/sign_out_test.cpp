// How a sign-in ends: by itself, by its owner, or by an operator; and what its cookie may not be used for.
#include "tests/integration/staff_world.hpp"

#include <ctime>

namespace invited::test {
namespace {

constexpr std::int64_t minute = 60'000;

BOOST_FIXTURE_TEST_SUITE(sign_out, staff_world)

BOOST_AUTO_TEST_CASE(signed_out_it_is_over_everywhere_at_once) {
  const std::string cookie = cookie_of(), another = cookie_of();
  const http_answer out = client.request("POST", "/sign-out", as_page(cookie));
  BOOST_TEST(out.status == 204);
  BOOST_TEST(out.field("set-cookie") == "invited=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
  for (http_client* by : {&client, &other}) {
    const http_answer gone = me(*by, with_cookie(cookie));
    BOOST_TEST(gone.status == 401);
    BOOST_TEST(gone.json("code") == "unauthorized");
    BOOST_TEST(gone.field("www-authenticate") == R"(Bearer error="invalid_token")");
    BOOST_TEST(me(*by, with_cookie(another)).status == 200);
  }
  BOOST_TEST(client.request("POST", "/sign-out", as_page(cookie)).status == 401);
}

BOOST_AUTO_TEST_CASE(everywhere_ends_cookies_and_tokens) {
  const std::string cookie = cookie_of(), another = cookie_of(), token = token_of();
  BOOST_TEST(me(other, with_token(token)).status == 200); // that server knows it by now
  BOOST_TEST(client.request("POST", "/sign-out", as_page(cookie), R"({"everywhere":true})").status == 204);
  for (http_client* by : {&client, &other}) {
    BOOST_TEST(me(*by, with_cookie(cookie)).status == 401);
    BOOST_TEST(me(*by, with_cookie(another)).status == 401);
    BOOST_TEST(me(*by, with_token(token)).status == 401);
  }
  BOOST_TEST(me(client, with_cookie(cookie_of())).status == 200); // signing in again is allowed
}

BOOST_AUTO_TEST_CASE(a_token_ends_with_all_or_not_at_all) {
  const std::string cookie = cookie_of(), token = token_of();
  const http_answer alone = client.request("POST", "/sign-out", with_token(token));
  BOOST_TEST(alone.status == 409);
  BOOST_TEST(alone.json("code") == "no_session");
  const http_answer portal =
      client.post_json("/sign-out", R"({"everywhere":true})", with_token(staff_token("portal")));
  BOOST_TEST(portal.status == 409);
  BOOST_TEST(client.post_json("/sign-out", R"({"everywhere":true})", with_token(token)).status == 204);
  BOOST_TEST(me(other, with_token(token)).status == 401);
  BOOST_TEST(me(other, with_cookie(cookie)).status == 401);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_ends_nothing) {
  const std::string cookie = cookie_of(), token = token_of();
  BOOST_TEST(client.request("POST", "/sign-out").status == 401);
  BOOST_TEST(client.request("POST", "/sign-out", as_page(cookie), "{").status == 400);
  BOOST_TEST(client.request("POST", "/sign-out", as_page(cookie), R"({"everywhere":1})").status == 422);
  BOOST_TEST(client.request("POST", "/sign-out", with_token(token), "everywhere=true").status == 415);
  BOOST_TEST(me(client, with_cookie(cookie)).status == 200);
}

BOOST_AUTO_TEST_CASE(a_disabled_user_is_out_on_both_servers) {
  const std::string cookie = cookie_of(), token = token_of();
  for (http_client* by : {&client, &other}) {
    BOOST_TEST(me(*by, with_cookie(cookie)).status == 200);
    BOOST_TEST(me(*by, with_token(token)).status == 200);
  }
  side.change("grey", [](store::account& a) { a.disabled = true; });
  for (http_client* by : {&client, &other}) {
    BOOST_TEST(me(*by, with_cookie(cookie)).status == 401);
    BOOST_TEST(me(*by, with_token(token)).status == 401);
    BOOST_TEST(sign_in(*by, "grey", greys_password).status == 401);
  }
}

BOOST_AUTO_TEST_CASE(a_token_is_worth_nothing_without_its_account) {
  // Signed by the right secret, for an account that does not exist. It was never one of ours.
  handlers::staff_claims claims;
  claims.subject = "nobody";
  claims.role = "admin";
  claims.expires_at = std::time(nullptr) + 60;
  claims.account_epoch = 7;
  BOOST_TEST(me(client, with_token(handlers::mint_staff_token(test_jwt_secret, claims))).status == 401);
}

BOOST_AUTO_TEST_CASE(the_audit_shows_who_signed_out) {
  const std::string cookie = cookie_of(), another = cookie_of();
  client.request("POST", "/sign-out", as_page(cookie));
  client.request("POST", "/sign-out", as_page(another), R"({"everywhere":true})");
  const http_answer seen = client.get("/audit?provider_id=clinic-2", with_token(staff_token("admin", {})));
  for (const std::string_view action : {"signed_out", "signed_out_everywhere"})
    BOOST_TEST(seen.body.find(R"("actor":"grey","role":"clinician","action":")" + std::string(action) +
                              '"') != std::string::npos);
}

struct foreign_call {
  std::string_view method, path, type, origin;
  int status;
};

BOOST_AUTO_TEST_CASE(another_sites_page_can_do_nothing) {
  add("root", "admin", {});
  const std::string cookie = cookie_of("root");
  constexpr std::string_view json = "application/json", own = "http://localhost";
  const foreign_call calls[] = {
      {"PUT", "/providers/clinic-1", json, own, 200},
      {"PUT", "/providers/clinic-1", json, "http://localhost:80", 200},
      {"PUT", "/providers/clinic-1", json, "http://LOCALHOST", 200},
      {"PUT", "/providers/clinic-1", json, "", 403},
      {"PUT", "/providers/clinic-1", json, "null", 403},
      {"PUT", "/providers/clinic-1", json, "https://localhost", 403},
      {"PUT", "/providers/clinic-1", json, "http://localhost:8080", 403},
      {"PUT", "/providers/clinic-1", json, "http://evil.example", 403},
      {"PUT", "/providers/clinic-1", json, "http://localhost.evil.example", 403},
      {"PUT", "/providers/clinic-1", "text/plain", own, 403},
      {"PUT", "/providers/clinic-1", "", own, 403},
      {"POST", "/generate_invite", "text/plain", own, 403},
      {"POST", "/generate_invites", json, "http://evil.example", 403},
      {"POST", "/invites/x/revoke", "", own, 403},
      {"POST", "/invites/x/revoke", json, own, 404},
      {"POST", "/invites/x/renew", json, "", 403},
      {"POST", "/invites/x/end_session", "application/x-www-form-urlencoded", own, 403},
      {"POST", "/invites/x/clear_asked", "", own, 403},
      {"DELETE", "/invites/x", "", own, 403},
      {"DELETE", "/invites/x", json, own, 404},
      {"POST", "/sign-out", "", "http://evil.example", 403},
      {"GET", "/users/me", "", "http://evil.example", 200}, // SameSite=Strict sends no cookie there
  };
  for (const foreign_call& c : calls) {
    http_fields fields = with_cookie(cookie);
    if (!c.type.empty()) fields.emplace_back("Content-Type", c.type);
    if (!c.origin.empty()) fields.emplace_back("Origin", c.origin);
    const http_answer a = client.request(c.method, c.path, fields, c.method == "PUT" ? "{}" : "");
    BOOST_TEST(a.status == c.status, c.method << ' ' << c.path << ' ' << c.type << ' ' << c.origin << a.body);
    if (a.status == 403) BOOST_TEST(a.json("code") == "foreign_origin");
  }
  // A caller with a token has read it from somewhere, and no page is involved.
  http_fields bearer = with_token(token_of("root"));
  bearer.emplace_back("Origin", "http://evil.example");
  bearer.emplace_back("Cookie", cookie);
  BOOST_TEST(client.request("POST", "/invites/x/revoke", bearer).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

struct at_noon {
  moved_clock clock{1'700'049'600'000};
  staff_world world{&clock};
};

BOOST_FIXTURE_TEST_SUITE(sign_in_times, at_noon)

BOOST_AUTO_TEST_CASE(past_half_any_call_sets_the_cookie_again) {
  const std::int64_t noon = clock.ms();
  const std::string cookie = world.cookie_of();
  const http_fields who = staff_world::with_cookie(cookie);
  BOOST_TEST(world.me(world.client, who).json("session_expires_at") == "2023-11-15T12:30:00.000Z");
  clock.stand_at(noon + 14 * minute);
  BOOST_TEST(world.client.get("/invites?provider_id=clinic-1", who).field("set-cookie").empty());
  clock.stand_at(noon + 16 * minute);
  const http_answer any = world.other.get("/invites?provider_id=clinic-1", who);
  BOOST_TEST(any.field("set-cookie") == cookie + "; Max-Age=1800; Path=/; HttpOnly; SameSite=Strict");
  const http_answer next = world.me(world.client, who);
  BOOST_TEST(next.field("set-cookie").empty());
  BOOST_TEST(next.json("session_expires_at") == "2023-11-15T12:46:00.000Z");
  clock.stand_at(noon + 46 * minute);
  for (http_client* by : {&world.client, &world.other}) BOOST_TEST(world.me(*by, who).status == 401);
}

BOOST_AUTO_TEST_CASE(after_twelve_hours_it_is_over_however_much_it_is_used) {
  const std::int64_t noon = clock.ms();
  const std::string cookie = world.cookie_of();
  const http_fields who = staff_world::with_cookie(cookie);
  for (int m = 0; m < 12 * 60; m += 20) {
    clock.stand_at(noon + m * minute);
    BOOST_REQUIRE(world.me(world.client, who).status == 200);
  }
  clock.stand_at(noon + 12 * 60 * minute - 1);
  const http_answer last = world.me(world.other, who);
  BOOST_TEST(last.json("session_expires_at") == "2023-11-16T00:00:00.000Z");
  clock.stand_at(noon + 12 * 60 * minute);
  for (http_client* by : {&world.client, &world.other}) BOOST_TEST(world.me(*by, who).status == 401);
}

BOOST_AUTO_TEST_CASE(a_minute_later_the_user_may_try_again) {
  const std::int64_t noon = clock.ms();
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(staff_world::sign_in(world.client, "grey", "not the password").status == 401);
  const http_answer wait = staff_world::sign_in(world.other, "grey", greys_password);
  BOOST_TEST(wait.status == 429);
  BOOST_TEST(wait.field("retry-after") == "60");
  clock.stand_at(noon + minute);
  BOOST_TEST(staff_world::sign_in(world.other, "grey", greys_password).status == 204);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
