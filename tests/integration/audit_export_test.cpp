// The audit file of a whole server, and of one that is killed.
#include "tests/server/audit/keeper_fixture.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>

namespace invited::test {
namespace {

const http_fields clinician{{"Authorization", "Bearer " + staff_token()}};

store::hmac_sha256 real_key() {
  std::vector<std::string> problems;
  return server::audit_file_key(*store::key_ring::parse(test_key_file(), problems));
}

struct exported {
  redis_server redis;
  temp_folder folder;
  const std::string path = folder.path("audit.jsonl");

  static http_answer make(const test_server& server) {
    http_client client(server.port());
    http_answer made = client.post_json(
        "/generate_invite",
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})",
        clinician);
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return made;
  }
  bool file_has(const std::string& text) {
    return wait_until([&] { return read_whole(path).find(text) != std::string::npos; });
  }
};

BOOST_FIXTURE_TEST_SUITE(audit_export, exported)

BOOST_AUTO_TEST_CASE(what_a_server_did_is_in_its_file_and_no_patients_data) {
  http_answer made;
  {
    test_server first(redis.url());
    BOOST_REQUIRE(first.wait_ready());
    made = make(first);
  }
  test_server server(redis.url(), {"--audit-file=" + path});
  BOOST_REQUIRE(server.wait_ready());
  BOOST_TEST(file_has(made.json("ref")));
  const std::string log = server.log(); // this ends it
  const std::string text = read_whole(path);
  BOOST_TEST(entries_in(path, real_key()).size() >= 1u);
  for (const std::string& secret : {made.json("invite_id"), std::string("ada@"), std::string("Lovelace")})
    BOOST_TEST(text.find(secret) == std::string::npos);
  BOOST_TEST(log.find("audit_head") != std::string::npos);
  BOOST_TEST(log.find("dr.grey") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_act_is_in_the_file_with_who_did_it) {
  test_server server(redis.url(), {"--audit-file=" + path, "--ttl-min=1s"});
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  const auto make_with = [&client](std::string_view more) {
    return client.post_json(
        "/generate_invite",
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1")" +
            std::string(more) + "}",
        clinician);
  };
  const auto redeem = [&client](const http_answer& made, std::string_view body) {
    return client.post_json("/invite/" + made.json("invite_id") + "/redeem", body);
  };
  const http_answer first = make_with("");
  const std::string managed = "/invites/" + first.json("ref");
  client.get("/invite/" + first.json("invite_id"), {{"Accept", "application/json"}});
  client.get("/invites", clinician);
  client.get(managed + "/link", clinician);
  client.get(managed + "/link", {{"Authorization", "Bearer " + staff_token("portal")}});
  const http_answer opened = redeem(first, R"({"redeem_key":"a-key-of-my-own-01"})");
  client.get("/session", {{"Authorization", "Bearer " + opened.json("access_token")}});
  redeem(first, R"({"redeem_key":"another-key-of-mine"})");
  client.request("POST", managed + "/end_session", clinician);
  client.request("POST", "/invite/" + first.json("invite_id") + "/ask");
  client.request("POST", managed + "/clear_asked", clinician);
  client.request("DELETE", managed, clinician);
  const http_answer renewed =
      client.request("POST", "/invites/" + make_with("").json("ref") + "/renew", clinician);
  client.request("POST", "/invites/" + renewed.json("ref") + "/revoke", clinician);
  const http_answer asking = make_with(R"(,"challenge":{"kind":"code","answer":"4711"})");
  for (const char digit : std::string("12345"))
    redeem(asking, R"({"redeem_key":"a-key-of-my-own-02","answer":"000)" + std::string(1, digit) + "\"}");
  make_with(R"(,"expires_in":1)");

  for (const std::string action : {"viewed", "read", "link_copied", "refused", "redeemed", "session_read",
                                   "second_attempt", "session_ended", "asked_cleared", "erased", "renewed",
                                   "revoked", "wrong_answer", "locked", "expired"})
    BOOST_TEST_CONTEXT(action) BOOST_TEST(file_has(R"("action":")" + action + '"'));
  const std::string text = read_whole(path);
  for (const std::string& line : lines_of(text)) {
    if (line.find(R"("note":)") != std::string::npos) continue;
    const bool patients =
        line.find(R"("role":"patient","subject":null,"address":"127.0.0.0/24")") != line.npos;
    const bool staffs = line.find(R"(","subject":"dr.grey","address":"127.0.0.1")") != line.npos;
    const bool systems = line.find(R"("role":"system","subject":null,"address":null)") != line.npos;
    BOOST_TEST_CONTEXT(line) BOOST_TEST((patients || staffs || systems));
    BOOST_TEST(line.find("unopened") == line.npos);
  }
}

BOOST_AUTO_TEST_CASE(two_servers_with_one_file_or_none_that_can_be_written_do_not_start) {
  test_server server(redis.url(), {"--audit-file=" + path});
  BOOST_REQUIRE(server.wait_ready());
  BOOST_CHECK_THROW(test_server(redis.url(), {"--audit-file=" + path}), std::runtime_error);
  BOOST_CHECK_THROW(test_server(redis.url(), {"--audit-file=" + folder.path("no/folder")}),
                    std::runtime_error);
}

BOOST_AUTO_TEST_CASE(killed_again_and_again_it_loses_no_event_and_breaks_no_chain) {
  const std::string keys = folder.write("keys", test_key_file());
  const std::string secret = folder.write("secret", test_jwt_secret);
  store_side side(redis);
  const std::string aud(store::group_key("aud", store::group_of("clinic-1")));
  constexpr int rounds = 4, each = 300;
  for (int round = 0; round < rounds; ++round) {
    child_process server(INVITED_EXECUTABLE, {"--listen", "127.0.0.1:0", "--admin-listen", "off", "--threads",
                                              "1", "--redis", redis.url(), "--key-file", keys,
                                              "--jwt-secret-file", secret, "--audit-file", path});
    for (int i = 0; i < each; ++i)
      add_audit_event(redis, side.seals(), "clinic-1", store::audit_action::viewed, {});
    age_pending(redis, aud);
    BOOST_REQUIRE(
        wait_until([&] { return read_whole(path).size() > static_cast<std::size_t>(round) * 50'000; }));
    server.signal(SIGKILL);
    BOOST_TEST(server.wait() == 128 + SIGKILL);
  }
  age_pending(redis, aud);
  test_server last(redis.url(), {"--audit-file=" + path});
  std::set<std::string> seen;
  BOOST_TEST(wait_until([&] {
    age_pending(redis, aud);
    const std::string text = read_whole(path);
    seen.clear();
    for (const std::string& line : lines_of(text)) {
      const std::size_t at = line.find(R"("entry":")");
      if (at != std::string::npos) seen.insert(line.substr(at, line.find(',', at) - at));
    }
    return seen.size() == rounds * each;
  }));
  last.stop();
  BOOST_TEST(entries_in(path, real_key()).size() >= seen.size());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
