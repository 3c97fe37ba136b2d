// `invited revoke --pending` as an operator runs it, and what patients and staff see of it.
#include "tests/support/child_process.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>

namespace invited::test {
namespace {

struct restore {
  redis_server redis;
  temp_folder folder;
  std::string keys = folder.write("keys", test_key_file());

  std::string make(http_client& client) {
    constexpr std::string_view ada =
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})";
    const http_answer made =
        client.post_json("/generate_invite", ada, {{"Authorization", "Bearer " + staff_token()}});
    BOOST_REQUIRE(made.status == 200);
    return made.json("invite_id");
  }
  /// A time as RFC 3339, by Redis's clock.
  std::string time_after(int seconds) {
    const std::string reply = redis.command({"TIME"});
    const std::time_t at = std::stoll(reply.substr(reply.find("\r\n", 4) + 2)) + seconds;
    std::tm parts{};
    ::gmtime_r(&at, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
  }
  std::vector<std::string> command(const std::string& before, std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"revoke",  "--pending", "--created-before", before,
                                     "--redis", redis.url(), "--key-file",       keys};
    args.insert(args.end(), more.begin(), more.end());
    return args;
  }
};

BOOST_FIXTURE_TEST_SUITE(restoring, restore)

BOOST_AUTO_TEST_CASE(a_copy_that_knows_a_used_link_as_pending_opens_it_no_more) {
  std::string used, unused;
  {
    test_server server(redis.url());
    BOOST_REQUIRE(server.wait_ready());
    http_client client(server.port());
    used = make(client);
    unused = make(client);
    redis.stop();
    std::filesystem::copy(redis.folder() / "appendonlydir", folder.path("copy"),
                          std::filesystem::copy_options::recursive);
    redis.start();
    BOOST_REQUIRE(server.wait_ready());
    BOOST_REQUIRE(client.post_json("/invite/" + used + "/redeem", "{}").status == 200);
  }
  redis.stop();
  std::filesystem::remove_all(redis.folder() / "appendonlydir");
  std::filesystem::copy(folder.path("copy"), redis.folder() / "appendonlydir",
                        std::filesystem::copy_options::recursive);
  redis.start();

  // Invites have milliseconds, and the argument here has seconds.
  BOOST_REQUIRE(wait_until([&, first = time_after(0)] { return time_after(0) > first; }));
  const std::string before = time_after(0);
  child_process dry(INVITED_EXECUTABLE, command(before, {"--dry-run"}));
  BOOST_TEST(dry.wait() == 0, dry.err());
  BOOST_TEST(dry.out().starts_with("to end: 2 pending invites made before "));
  child_process real(INVITED_EXECUTABLE, command(before));
  BOOST_TEST(real.wait() == 0, real.err());
  BOOST_TEST(real.out().starts_with("ended: 2 pending invites made before "));
  child_process again(INVITED_EXECUTABLE, command(before));
  BOOST_TEST(again.wait() == 0);
  BOOST_TEST(again.out().starts_with("ended: 0 "));

  test_server server(redis.url());
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  for (const std::string& id : {used, unused}) {
    const http_answer refused = client.post_json("/invite/" + id + "/redeem", "{}");
    BOOST_TEST(refused.status == 410);
    BOOST_TEST(refused.json("code") == "revoked");
  }
  BOOST_TEST(client.post_json("/invite/" + make(client) + "/redeem", "{}").status == 200);
}

BOOST_AUTO_TEST_CASE(killed_in_the_middle_and_run_again_while_servers_serve) {
  test_server server(redis.url(), {"--rate=1000000", "--burst=1000000"});
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  std::vector<std::string> ids;
  for (int i = 0; i < 1'000; ++i) ids.push_back(make(client));
  BOOST_REQUIRE(wait_until([&, first = time_after(0)] { return time_after(0) > first; }));
  const std::string before = time_after(0);
  const auto pending = [&] {
    const http_answer page =
        client.get("/invites?state=pending&limit=1", {{"Authorization", "Bearer " + staff_token()}});
    return page.body.find("\"ref\"") != page.body.npos;
  };
  const auto rights = [&] { return redis.command({"EVAL", "return #redis.call('KEYS', 'inv:*')", "0"}); };
  {
    child_process killed(INVITED_EXECUTABLE, command(before));
    BOOST_TEST(wait_until([&] { return rights() != ":1000\r\n"; }));
    killed.signal(SIGKILL);
    killed.wait();
  }
  const std::string later = make(client);
  child_process again(INVITED_EXECUTABLE, command(before));
  BOOST_TEST(again.wait() == 0, again.err());
  BOOST_TEST(rights() == ":1\r\n");
  BOOST_TEST(pending()); // the later one
  for (std::size_t i = 0; i < ids.size(); i += 100)
    BOOST_TEST(client.get("/invite/" + ids[i]).json("state") == "revoked");
  BOOST_TEST(client.post_json("/invite/" + later + "/redeem", "{}").status == 200);
  BOOST_TEST(!pending());
}

BOOST_AUTO_TEST_CASE(a_moment_to_come_and_an_unsafe_redis_are_refused) {
  child_process early(INVITED_EXECUTABLE, command(time_after(60)));
  BOOST_TEST(early.wait() == 2);
  BOOST_TEST(early.err().find("in the future") != std::string::npos);
  redis.command({"CONFIG", "SET", "appendfsync", "everysec"});
  child_process unsafe(INVITED_EXECUTABLE, command(time_after(0)));
  BOOST_TEST(unsafe.wait() == 1);
  BOOST_TEST(unsafe.err().find("appendfsync") != std::string::npos);
  child_process told(INVITED_EXECUTABLE, command(time_after(0), {"--durability=relaxed"}));
  BOOST_TEST(told.wait() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
