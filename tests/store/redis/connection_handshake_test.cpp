// What a connection does before the first call: it signs in, and checks whether this Redis is fit.
#include "tests/store/redis/client.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace invited::store;
using namespace invited::store::redis;
using namespace invited::test;

BOOST_AUTO_TEST_SUITE(store_redis_connection_handshake)

BOOST_AUTO_TEST_CASE(a_script_that_redis_does_not_compile_is_named) {
  redis_server server;
  connection_settings s = client::settings(server.url());
  const std::vector<script> known = {{"bad", "retrun 1", "0000000000000000000000000000000000000000", 0}};
  s.scripts = known;
  client c(s);
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 2; })); // it tries again
  BOOST_TEST(c.seen.last_detail == "SCRIPT LOAD bad: ERR");
  BOOST_TEST(!c.connection.ready());
}

BOOST_AUTO_TEST_CASE(selects_its_database) {
  redis_server server;
  client c(client::settings(server.url() + "?db=5"));
  BOOST_TEST_REQUIRE(c.wait_ready());
  c.ask({"SET", "k", "v"});
  BOOST_TEST(server.command({"INFO", "keyspace"}).find("db5:keys=1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(signs_in_or_says_why_not) {
  std::vector<std::string> config = strict_config;
  config.push_back("requirepass right");
  config.push_back("user me on >mine ~* +@all");
  redis_server server(config);
  const struct {
    std::string user, password, detail; ///< detail "": it works
  } cases[] = {{"", "right", ""},
               {"me@", "mine", ""},
               {"", "wrong", "AUTH: WRONGPASS"},
               {"me@", "right", "AUTH: WRONGPASS"},
               {"nobody@", "mine", "AUTH: WRONGPASS"},
               {"", "", "CLIENT SETNAME: NOAUTH"}};
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.user << c.password) {
      connection_settings s = client::settings("unix://" + c.user + server.socket());
      s.password = c.password;
      client one(s);
      BOOST_TEST_REQUIRE(run_until(one.loop, [&] { return one.connection.ready() || one.seen.losses > 1; }));
      BOOST_TEST(one.connection.ready() == c.detail.empty());
      BOOST_TEST(one.seen.last_detail == c.detail);
      if (!c.detail.empty()) {
        BOOST_TEST((one.seen.last_error == make_error_code(errc::refused)));
        BOOST_TEST(one.connection.why_not_ready().find(c.detail) == 0u);
        BOOST_TEST(is(one.ask({"PING"}), errc::unavailable));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(an_unfit_redis_is_refused_until_it_is_corrected) {
  redis_server server({"appendonly yes", "appendfsync everysec"});
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.refusals > 0; }));
  BOOST_TEST(!c.connection.ready());
  BOOST_TEST(c.connection.why_not_ready() == "appendfsync is everysec, wanted always");
  BOOST_TEST(c.seen.report.violations.size() == 1u);
  BOOST_TEST(is(c.ask({"PING"}), errc::unavailable));
  server.command({"CONFIG", "SET", "appendfsync", "always"});
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(c.seen.losses == 0);
  BOOST_TEST(c.ask({"PING"}).ok());
}

BOOST_AUTO_TEST_CASE(relaxed_serves_an_unfit_redis_with_a_warning) {
  redis_server server({"appendonly no"});
  connection_settings s = client::settings(server.url());
  s.wanted = durability::relaxed;
  client c(s);
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(c.seen.report.fit());
  BOOST_TEST(to_string(c.seen.report.warnings).find("appendonly is no, wanted yes") != std::string::npos);
  BOOST_TEST(c.ask({"PING"}).ok());
}

BOOST_AUTO_TEST_CASE(a_user_who_may_not_read_the_configuration_is_served_with_a_warning) {
  std::vector<std::string> config = strict_config;
  config.push_back("user app on >pw ~* +@all -config -@dangerous");
  redis_server server(config);
  connection_settings s = client::settings("unix://app@" + server.socket());
  s.password = "pw";
  client c(s);
  BOOST_REQUIRE_MESSAGE(c.wait_ready(), c.connection.why_not_ready());
  BOOST_TEST(to_string(c.seen.report.warnings).find("appendfsync is unknown (CONFIG GET is forbidden)") !=
             std::string::npos);
  BOOST_TEST(c.ask({"PING"}).ok());
}

BOOST_AUTO_TEST_CASE(a_redis_that_became_a_replica_is_left) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  server.command({"REPLICAOF", "127.0.0.1", "1"}); // there is no such server, so Redis stays read-only
  const outcome &read = c.call({"EXISTS", "k"}), &write = c.call({"SET", "k", "v"}),
                &later = c.call({"EXISTS", "k"});
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST(is(write, errc::refused));
  BOOST_TEST(c.seen.codes.back() == "READONLY");
  BOOST_TEST(read.completed == 1);
  BOOST_TEST((later.ok() || is(later, errc::refused))); // it was answered, so its answer counts
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.refusals > 0; }));
  BOOST_TEST(c.connection.why_not_ready() == "role is slave, wanted master");
  BOOST_TEST(c.seen.losses == 1);
  server.command({"REPLICAOF", "NO", "ONE"});
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(c.ask({"SET", "k", "v"}).ok());
}

BOOST_AUTO_TEST_SUITE_END()
