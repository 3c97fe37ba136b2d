// Staff and portals at work on an invite after making it, over HTTP against a real Redis.
#include "store/keys/keys.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"}) {
  return {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
}

struct desk {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};

  desk() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer make() {
    http_answer made = client.post_json(
        "/generate_invite",
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","phone":"+14155550123","provider_id":"clinic-1"})",
        as("clinician"));
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return made;
  }
};

BOOST_FIXTURE_TEST_SUITE(manage, desk)

BOOST_AUTO_TEST_CASE(an_invite_is_read_by_its_ref_or_its_id) {
  const http_answer made = make();
  for (const std::string& name : {made.json("ref"), made.json("invite_id")}) {
    const http_answer item = client.get("/invites/" + name, as("clinician"));
    BOOST_TEST(item.status == 200);
    BOOST_TEST(item.json("ref") == made.json("ref"));
    BOOST_TEST(item.json("state") == "pending");
    BOOST_TEST(item.json("created_by") == "dr.grey");
    BOOST_TEST(item.json("expires_at") == made.json("expires_at"));
    BOOST_TEST(item.json("email_masked") == "a***@example.org");
    BOOST_TEST(item.field("cache-control") == "no-store");
    for (const std::string& secret : {made.json("invite_id"), std::string("ada@"), std::string("+1415")})
      BOOST_TEST(item.body.find(secret) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_foreign_invite_is_as_unknown_as_none) {
  const http_answer made = make();
  const http_fields stranger = as("clinician", {"clinic-2"});
  for (const std::string& name : {made.json("ref"), made.json("invite_id"), std::string("nonsense"),
                                  std::string("inv_4cabababababababababababababababab")}) {
    BOOST_TEST_CONTEXT(name) {
      std::string first;
      for (const auto& [method, path] : {std::pair{"GET", ""},
                                         {"DELETE", ""},
                                         {"GET", "/link"},
                                         {"POST", "/renew"},
                                         {"POST", "/revoke"},
                                         {"POST", "/end_session"}}) {
        const http_answer answer = client.request(method, "/invites/" + name + path, stranger);
        BOOST_TEST(answer.status == 404);
        BOOST_TEST(answer.json("code") == "not_found");
      }
    }
  }
  BOOST_TEST(client.get("/invites/" + made.json("ref"), as("admin", {})).status == 200);
}

BOOST_AUTO_TEST_CASE(nobody_manages_without_a_token) {
  const std::string path = "/invites/" + make().json("ref");
  for (const auto& [method, rest] : {std::pair{"GET", ""},
                                     {"DELETE", ""},
                                     {"GET", "/link"},
                                     {"POST", "/renew"},
                                     {"POST", "/revoke"},
                                     {"POST", "/end_session"}}) {
    const http_answer answer = client.request(method, path + rest);
    BOOST_TEST(answer.status == 401);
    BOOST_TEST(answer.field("www-authenticate").starts_with("Bearer"));
  }
}

BOOST_AUTO_TEST_CASE(the_link_again_while_it_works_and_not_for_portals) {
  const http_answer made = make();
  const std::string path = "/invites/" + made.json("ref");
  const http_answer link = client.get(path + "/link", as("physician"));
  BOOST_TEST(link.status == 200);
  BOOST_TEST(link.json("invite_id") == made.json("invite_id"));
  BOOST_TEST(link.json("invite_url") == made.json("invite_url"));
  BOOST_TEST(link.field("cache-control") == "no-store");
  const http_answer portal = client.get(path + "/link", as("portal"));
  BOOST_TEST(portal.status == 403);
  BOOST_TEST(portal.json("code") == "forbidden");
  BOOST_TEST(client.post_json("/invite/" + made.json("invite_id") + "/redeem", "{}").status == 200);
  const http_answer used = client.get(path + "/link", as("clinician"));
  BOOST_TEST(used.status == 409);
  BOOST_TEST(used.json("code") == "already_redeemed");
}

BOOST_AUTO_TEST_CASE(a_revoked_invite_says_so_to_everybody) {
  const http_answer made = make();
  const std::string path = "/invites/" + made.json("ref");
  for (int again = 0; again < 2; ++again) {
    const http_answer revoked = client.request("POST", path + "/revoke", as("portal"));
    BOOST_TEST(revoked.status == 200);
    BOOST_TEST(revoked.json("state") == "revoked");
    BOOST_TEST(revoked.json("revoked_at") != "null");
  }
  const std::string link = "/invite/" + made.json("invite_id");
  BOOST_TEST(client.get(link).json("state") == "revoked");
  BOOST_TEST(client.get(link, {{"Accept", "text/html"}}).status == 410);
  const http_answer redeem = client.post_json(link + "/redeem", "{}");
  BOOST_TEST(redeem.status == 410);
  BOOST_TEST(redeem.json("code") == "revoked");
  BOOST_TEST(client.get(path + "/link", as("clinician")).json("code") == "revoked");
  BOOST_TEST(client.request("POST", path + "/end_session", as("clinician")).json("code") == "revoked");
}

BOOST_AUTO_TEST_CASE(a_renewed_invite_leads_to_its_successor) {
  const http_answer made = make();
  const std::string path = "/invites/" + made.json("ref");
  http_fields once = as("portal");
  once.emplace_back("Idempotency-Key", "renew-1");
  const http_answer renewed = client.request("POST", path + "/renew", once);
  BOOST_TEST(renewed.status == 200);
  BOOST_TEST(renewed.json("invite_url") == "http://localhost:4321/invite/" + renewed.json("invite_id"));
  BOOST_TEST(renewed.json("ref") != made.json("ref"));
  BOOST_TEST(renewed.field("ratelimit").starts_with(R"("create";r=998;t=)"));
  const http_answer again = client.request("POST", path + "/renew", once);
  BOOST_TEST(again.body == renewed.body);
  BOOST_TEST(again.field("idempotent-replayed") == "true");

  const http_answer second = client.request("POST", path + "/renew", as("clinician"));
  BOOST_TEST(second.status == 409);
  BOOST_TEST(second.json("code") == "already_replaced");
  BOOST_TEST(second.json("replaced_by") == renewed.json("ref"));
  const http_answer item = client.get(path, as("clinician"));
  BOOST_TEST(item.json("state") == "replaced");
  BOOST_TEST(item.json("replaced_by") == renewed.json("ref"));
  BOOST_TEST(client.request("POST", path + "/revoke", as("clinician")).json("code") == "already_replaced");
  BOOST_TEST(client.post_json("/invite/" + made.json("invite_id") + "/redeem", "{}").json("code") ==
             "replaced");
  BOOST_TEST(client.post_json("/invite/" + renewed.json("invite_id") + "/redeem", "{}").status == 200);
}

BOOST_AUTO_TEST_CASE(an_ended_session_is_over_at_once) {
  const http_answer made = make();
  const std::string path = "/invites/" + made.json("ref");
  const http_answer early = client.request("POST", path + "/end_session", as("clinician"));
  BOOST_TEST(early.status == 409);
  BOOST_TEST(early.json("code") == "not_redeemed");
  const http_answer opened = client.post_json("/invite/" + made.json("invite_id") + "/redeem", "{}");
  const http_fields patient = {{"Authorization", "Bearer " + opened.json("access_token")}};
  BOOST_TEST(client.get("/session", patient).status == 200);
  BOOST_TEST(client.request("POST", path + "/revoke", as("clinician")).json("code") == "already_redeemed");
  BOOST_TEST(client.request("POST", path + "/end_session", as("clinician")).json("state") == "redeemed");
  BOOST_TEST(client.get("/session", patient).status == 401);
}

BOOST_AUTO_TEST_CASE(erased_means_gone) {
  const http_answer made = make();
  const std::string path = "/invites/" + made.json("ref");
  for (int again = 0; again < 2; ++again) {
    const http_answer erased = client.request("DELETE", path, as("clinician"));
    BOOST_TEST(erased.status == 204);
    BOOST_TEST(erased.body == "");
  }
  const http_answer item = client.get(path, as("clinician"));
  BOOST_TEST(item.json("state") == "revoked");
  BOOST_TEST(item.body.find(R"("patient":null)") != std::string::npos);
  BOOST_TEST(client.get("/invite/" + made.json("invite_id")).json("state") == "revoked");
}

BOOST_AUTO_TEST_CASE(a_view_is_noted_once_and_a_head_never) {
  const http_answer made = make();
  const std::string item = "/invites/" + made.json("ref"), link = "/invite/" + made.json("invite_id");
  BOOST_TEST(client.request("HEAD", link).status == 200);
  BOOST_TEST(client.get(item, as("clinician")).json("viewed_at") == "null");
  BOOST_TEST(client.get(link).status == 200);
  const std::string first = client.get(item, as("clinician")).json("viewed_at");
  BOOST_TEST(first != "null");
  BOOST_TEST(client.get(link, {{"Accept", "text/html"}}).status == 200);
  BOOST_TEST(client.get(item, as("clinician")).json("viewed_at") == first);
}

BOOST_AUTO_TEST_CASE(the_list_goes_page_by_page) {
  std::vector<std::string> made;
  for (int i = 0; i < 5; ++i) made.push_back(make().json("ref"));
  const http_answer first = client.get("/invites?limit=3", as("clinician"));
  BOOST_TEST(first.status == 200);
  BOOST_TEST(first.body.find(made[4]) < first.body.find(made[3]));
  BOOST_TEST(first.body.find(made[2]) != std::string::npos);
  BOOST_TEST(first.body.find(made[1]) == std::string::npos);
  const std::string cursor = first.json("next_cursor");
  const http_answer second = client.get("/invites?limit=3&cursor=" + cursor, as("clinician"));
  BOOST_TEST(second.body.find(made[1]) != std::string::npos);
  BOOST_TEST(second.body.find(made[0]) != std::string::npos);
  BOOST_TEST(second.json("next_cursor") == "null");
  BOOST_TEST(client.get("/invites?email=ADA%40example.org", as("portal")).body.find(made[0]) !=
             std::string::npos);
  BOOST_TEST(client.get("/invites?state=revoked", as("portal")).body ==
             R"({"invites":[],"next_cursor":null})");
}

BOOST_AUTO_TEST_CASE(a_list_is_of_one_provider_that_one_may_see) {
  BOOST_TEST(client.get("/invites").status == 401);
  const http_answer foreign = client.get("/invites?provider_id=clinic-2", as("clinician"));
  BOOST_TEST(foreign.status == 403);
  BOOST_TEST(foreign.json("code") == "foreign_provider");
  BOOST_TEST(client.get("/invites", as("clinician", {"clinic-1", "clinic-2"})).status == 422);
  BOOST_TEST(client.get("/invites", as("admin", {})).status == 422);
  BOOST_TEST(client.get("/invites?provider_id=clinic-1", as("admin", {})).status == 200);
  const http_answer wrong = client.get("/invites?state=open&limit=0", as("clinician"));
  BOOST_TEST(wrong.status == 422);
  BOOST_TEST(wrong.body.find(R"("pointer":"/state")") != std::string::npos);
  BOOST_TEST(wrong.body.find(R"("pointer":"/limit")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(asking_for_a_new_link_tells_a_stranger_nothing) {
  const http_answer made = make();
  const std::string known = "/invite/" + made.json("invite_id") + "/ask",
                    unknown = "/invite/4c85db01-e312-47a5-a8e8-f8ff5fdd79b3/ask", nonsense = "/invite/x/ask";
  for (const std::string_view accept : {"application/json", "text/html"}) {
    const http_fields fields = {{"Accept", std::string(accept)}};
    const http_answer first = client.request("POST", known, fields);
    BOOST_TEST(first.status == 202);
    for (const std::string& path : {known, unknown, nonsense}) {
      const http_answer other = client.request("POST", path, fields);
      BOOST_TEST(other.status == 202);
      BOOST_TEST(other.body == first.body);
      BOOST_TEST(other.fields.size() == first.fields.size());
    }
  }
  BOOST_TEST(client.get("/invites?asked=true", as("clinician")).body.find(made.json("ref")) !=
             std::string::npos);
  BOOST_TEST(client.get("/invites?asked=false", as("clinician")).body.find(made.json("ref")) ==
             std::string::npos);
  client.request("POST", "/invites/" + made.json("ref") + "/revoke", as("clinician"));
  const http_answer page = client.get("/invite/" + made.json("invite_id"), {{"Accept", "text/html"}});
  BOOST_TEST(page.body.find(made.json("invite_id") + "/ask\"") != std::string::npos);
  BOOST_TEST(page.field("content-security-policy").find("form-action 'self'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_server_counts_what_has_expired_meanwhile) {
  const std::string tag(store::group_key("due", store::group_of("clinic-1")));
  redis.command({"ZADD", tag, "1000", "0123456789abcdefclinic-1"}); // since 1970, as it were
  const std::string day(store::day_key(store::group_of("clinic-1"), 0));
  BOOST_TEST(wait_until([&] { return redis.command({"HGET", day, "expired|clinic-1"}) == "$1\r\n1\r\n"; }));
  BOOST_TEST(redis.command({"EXISTS", tag}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(the_log_tells_who_of_what_without_a_link) {
  const http_answer made = make();
  client.get("/invites/" + made.json("invite_id") + "/link", as("clinician"));
  const std::string log = server.log();
  const std::size_t line = log.find(R"("route":"/invites/{ref}/link")");
  BOOST_REQUIRE(line != std::string::npos);
  BOOST_TEST(log.find(made.json("ref"), line) != std::string::npos);
  BOOST_TEST(log.find(made.json("invite_id")) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
