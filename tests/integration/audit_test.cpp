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

BOOST_AUTO_TEST_CASE(a_creation_is_shown_with_its_maker) {
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

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
