// The audit over HTTP: who may read it, and what it shows.
#include "tests/store/audit/audit_fixture.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"}) {
  return {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
}

struct audited {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};

  audited() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer make(std::string_view provider = "clinic-1") {
    http_answer made = client.post_json(
        "/generate_invite",
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":")" +
            std::string(provider) + "\"}",
        as("clinician", {std::string(provider)}));
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return made;
  }
};

BOOST_FIXTURE_TEST_SUITE(audit, audited)

BOOST_AUTO_TEST_CASE(a_creation_is_told_with_its_maker) {
  const http_answer made = make();
  for (const std::string_view role : {"clinician", "physician"}) {
    const http_answer seen = client.get("/audit", as(role));
    BOOST_TEST(seen.status == 200);
    BOOST_TEST(seen.body.starts_with(R"({"events":[{"at":")"));
    BOOST_TEST(seen.json("action") == "created");
    BOOST_TEST(seen.json("ref") == made.json("ref"));
    BOOST_TEST(seen.json("actor") == "dr.grey");
    BOOST_TEST(seen.json("role") == "clinician");
    BOOST_TEST(seen.json("address") == "127.0.0.1");
    BOOST_TEST(seen.json("outcome") == "ok");
    BOOST_TEST(seen.body.ends_with(R"(],"next_cursor":null})"));
    BOOST_TEST(seen.field("cache-control") == "no-store");
    BOOST_TEST(seen.body.find(made.json("invite_id")) == std::string::npos);
    BOOST_TEST(seen.body.find("ada@") == std::string::npos);
  }
  const http_answer all = client.get("/audit?provider_id=clinic-1", as("admin", {}));
  BOOST_TEST(all.json("action") == "created");
}

BOOST_AUTO_TEST_CASE(an_invite_is_asked_for_by_ref_or_id) {
  make();
  const http_answer made = make();
  for (const std::string name : {"ref", "invite_id"}) {
    const http_answer seen = client.get("/audit?ref=" + made.json(name), as("clinician"));
    BOOST_TEST(seen.status == 200);
    BOOST_TEST(seen.json("ref") == made.json("ref"));
    BOOST_TEST(seen.body.find(R"("at")") == seen.body.rfind(R"("at")"));
  }
}

BOOST_AUTO_TEST_CASE(a_foreign_ref_is_as_empty_as_an_unknown_one) {
  const std::string neighbour = neighbour_of("clinic-1");
  const std::string none = R"({"events":[],"next_cursor":null})";
  const http_answer near = make(neighbour), far = make("clinic-2");
  for (const std::string& ref :
       {near.json("ref"), far.json("ref"), std::string("inv_4cabababababababababababababababab")}) {
    const http_answer seen = client.get("/audit?ref=" + ref, as("clinician"));
    BOOST_TEST(seen.status == 200);
    BOOST_TEST(seen.body == none);
  }
}

BOOST_AUTO_TEST_CASE(who_may_not_is_told_so) {
  BOOST_TEST(client.get("/audit").status == 401);
  const http_answer portal = client.get("/audit", as("portal"));
  BOOST_TEST(portal.status == 403);
  BOOST_TEST(portal.json("code") == "forbidden");
  const http_answer foreign = client.get("/audit?provider_id=clinic-2", as("clinician"));
  BOOST_TEST(foreign.status == 403);
  BOOST_TEST(foreign.json("code") == "foreign_provider");
  BOOST_TEST(client.get("/audit", as("admin", {})).status == 422);
  BOOST_TEST(client.get("/audit?ref=x", as("clinician")).status == 422);
  const http_answer told = client.get("/audit", as("clinician"));
  BOOST_TEST(told.json("action") == "refused");
  BOOST_TEST(told.json("outcome") == "foreign_provider");
  BOOST_TEST(told.body.find(R"("role":"portal")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_is_503) {
  redis.stop();
  const http_answer away = client.get("/audit", as("clinician"));
  BOOST_TEST(away.status == 503);
  BOOST_TEST(!away.field("retry-after").empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
