// The executable as an operator meets it: arguments, signals, exit statuses.
#include "tests/support/child_process.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <csignal>
#include <thread>

namespace invited::test {
namespace {

const std::string program = INVITED_EXECUTABLE;

constexpr std::string_view ada =
    R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})";

/// `invited serve` in a process of its own, on a port that it chose.
struct served {
  temp_folder folder;
  std::string key_path = folder.write("keys", test_key_file()),
              secret_path = folder.write("jwt", test_jwt_secret);
  child_process process;
  std::uint16_t port = 0;

  explicit served(const std::string& redis_url, std::vector<std::string> extra = {})
      : process(program, args(redis_url, std::move(extra))) {
    BOOST_REQUIRE(wait_until([this] { return (port = logged_port()) != 0; }, std::chrono::seconds(60)));
  }

  std::vector<std::string> args(const std::string& redis_url, std::vector<std::string> extra) {
    std::vector<std::string> all = {"serve",
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--admin-listen=127.0.0.1:0",
                                    "--redis",
                                    redis_url,
                                    "--key-file",
                                    key_path,
                                    "--jwt-secret-file",
                                    secret_path,
                                    "--threads",
                                    "2",
                                    "--rate=1000000",
                                    "--burst=1000000"};
    all.insert(all.end(), extra.begin(), extra.end());
    return all;
  }

  std::uint16_t logged_port() const {
    const std::string log = process.err();
    const std::size_t at = log.find("\"port\":");
    return at == log.npos ? std::uint16_t{0} : static_cast<std::uint16_t>(std::atoi(log.c_str() + at + 7));
  }
  bool ready() const {
    return wait_until([this] { return http_client(port).get("/readyz").status == 200; });
  }
};

BOOST_AUTO_TEST_SUITE(process)

BOOST_AUTO_TEST_CASE(sigterm_under_load_loses_no_answer) {
  redis_server redis;
  served s(redis.url());
  BOOST_REQUIRE(s.ready());
  std::atomic<int> good{0}, strange{0};
  std::vector<std::thread> load;
  for (int i = 0; i < 4; ++i) {
    load.emplace_back([&] {
      const std::string token = staff_token();
      try {
        http_client client(s.port);
        for (;;) {
          const http_answer a =
              client.post_json("/generate_invite", ada, {{"Authorization", "Bearer " + token}});
          ++(a.status == 200 ? good : strange);
          if (a.field("connection") == "close") break;
        }
      } catch (const std::exception&) {
        // The server may close between two requests. If it had closed within one, closed_by_server would have
        // seen half of an answer.
      }
    });
  }
  BOOST_TEST(wait_until([&] { return good > 200; }));
  s.process.signal(SIGTERM);
  BOOST_TEST(s.process.wait() == 0);
  for (std::thread& t : load) t.join();
  BOOST_TEST(strange == 0);
  // Every invite that Redis counted was answered, and no other. Nothing was cut off half-way.
  const std::string keys = redis.command({"EVAL", "return #redis.call('KEYS', 'inv:*')", "0"});
  BOOST_TEST(keys == ":" + std::to_string(good.load()) + "\r\n");
  BOOST_TEST(s.process.err().find("\"event\":\"stopped\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(sighup_rereads_the_keys) {
  redis_server redis;
  served s(redis.url());
  BOOST_REQUIRE(s.ready());
  const auto events = [&](std::string_view name) {
    const std::string log = s.process.err();
    return log.find("\"event\":\"" + std::string(name) + '"') != log.npos;
  };
  s.folder.write("keys", std::string(first_seal_line).append("seal nonsense\n").append(test_index_line));
  s.process.signal(SIGHUP);
  BOOST_TEST(wait_until([&] { return events("keys_not_loaded"); })); // the old keys stay
  http_client client(s.port);
  const http_fields token = {{"Authorization", "Bearer " + staff_token()}};
  const http_answer by_old = client.post_json("/generate_invite", ada, token);
  BOOST_TEST(by_old.status == 200);

  s.folder.write("keys", std::string(second_seal_line).append(first_seal_line).append(test_index_line));
  s.process.signal(SIGHUP);
  BOOST_TEST(wait_until([&] { return events("keys_loaded"); }));
  const http_answer by_new = client.post_json("/generate_invite", ada, token);
  BOOST_TEST(client.post_json("/invite/" + by_old.json("invite_id") + "/redeem", "{}").status == 200);
  BOOST_TEST(client.post_json("/invite/" + by_new.json("invite_id") + "/redeem", "{}").status == 200);
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_is_reported_at_once) {
  temp_folder folder;
  const std::string config = folder.write("conf", "rate = many\nunheard-of = 1\n");
  child_process p(program, {"serve", "--config", config, "--ttl", "1y", "--nonsense"},
                  {"INVITED_BURST=-1", "INVITED_PORT=1"});
  BOOST_TEST(p.wait() == 2);
  const std::string said = p.err();
  for (const std::string& what :
       {config + ":1", config + ":2", std::string("--ttl"), std::string("--nonsense"),
        std::string("INVITED_BURST"), std::string("INVITED_PORT"), std::string("key-file")}) {
    BOOST_TEST_CONTEXT(what << " in " << said) BOOST_TEST(said.find(what) != said.npos);
  }
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_named) {
  redis_server redis;
  temp_folder folder;
  const std::string keys = folder.write("keys", test_key_file()),
                    secret = folder.write("jwt", test_jwt_secret);
  served first(redis.url()); // its own cores share its port, but nobody else may
  const std::string held = "127.0.0.1:" + std::to_string(first.port);
  child_process p(program, {"serve", "--listen", held, "--admin-listen=off", "--redis", redis.url(),
                            "--key-file", keys, "--jwt-secret-file", secret});
  BOOST_TEST(p.wait() == 1);
  BOOST_TEST(p.err().find(held) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keygen_and_token_make_what_serve_takes) {
  redis_server redis;
  child_process keygen(program, {"keygen"});
  BOOST_REQUIRE(keygen.wait() == 0);
  temp_folder folder;
  const std::string keys = folder.write("keys", keygen.out()), secret = folder.write("jwt", test_jwt_secret);
  child_process token(program, {"token", "--jwt-secret-file", secret, "--subject", "dr.grey", "--role",
                                "clinician", "--provider", "clinic-1", "--expires-in", "1h"});
  BOOST_REQUIRE(token.wait() == 0);
  test_server server(redis.url(), {"--key-file=" + keys});
  BOOST_REQUIRE(server.wait_ready());
  std::string text = token.out();
  text.pop_back();
  http_client client(server.port());
  BOOST_TEST(client.post_json("/generate_invite", ada, {{"Authorization", "Bearer " + text}}).status == 200);
}

BOOST_AUTO_TEST_CASE(the_rest_of_the_command_line) {
  child_process version(program, {"--version"}), help(program, {"--help"}), unknown(program, {"serves"});
  BOOST_TEST(version.wait() == 0);
  BOOST_TEST(version.out().starts_with("invited "));
  BOOST_TEST(help.wait() == 0);
  for (const std::string_view flag :
       {"--listen", "--base-url", "--redis", "--key-file", "--jwt-public-key", "--rate", "--ttl-max",
        "--session-ttl", "--trusted-proxy", "--durability", "--log-level"}) {
    BOOST_TEST_CONTEXT(flag) BOOST_TEST(help.out().find(flag) != std::string::npos);
  }
  BOOST_TEST(unknown.wait() == 2);
}

BOOST_AUTO_TEST_CASE(a_short_or_open_secret_stops_the_start) {
  temp_folder folder;
  const std::string keys = folder.write("keys", test_key_file()),
                    short_secret = folder.write("jwt", "too short"),
                    open_secret = folder.write("open", test_jwt_secret);
  std::filesystem::permissions(open_secret, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  for (const std::string& secret : {short_secret, open_secret}) {
    child_process p(program, {"serve", "--key-file", keys, "--jwt-secret-file", secret});
    BOOST_TEST(p.wait() == 2);
    BOOST_TEST(p.err().find(secret) != std::string::npos);
    BOOST_TEST(p.err().find("too short") == std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
