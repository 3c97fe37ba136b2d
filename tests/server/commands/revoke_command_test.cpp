#include "server/commands/revoke_command.hpp"
#include "tests/server/commands/command_fixture.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

using namespace invited::server;

namespace {

struct fixture : invited::test::command_fixture {
  std::string keys = folder.write("keys", invited::test::test_key_file());

  int revoke(const std::vector<std::string>& args) { return run(run_revoke, args); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(commands_revoke, fixture)

BOOST_AUTO_TEST_CASE(help_shows_its_options_and_those_it_shares) {
  BOOST_TEST(revoke({"--help"}) == exit_good);
  for (const auto part : {"Usage: invited revoke --pending", "--created-before TIME", "--dry-run",
                          "--redis URL", "--key-file FILE"})
    BOOST_TEST_CONTEXT(part) BOOST_TEST(out.str().find(part) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(everything_that_is_wrong_is_reported_at_once) {
  BOOST_TEST(revoke({"--created-before", "yesterday", "--provider", "a b", "--redis", "nowhere", "--ttl",
                     "1d"}) == exit_misuse);
  for (const auto part : {"--pending is required", "--created-before: 'yesterday' is not a time",
                          "--provider: 'a b' is not a provider_id", "--redis: ", "unknown option '--ttl'",
                          "--key-file is required", "See: invited revoke --help"})
    BOOST_TEST_CONTEXT(part) BOOST_TEST(err_has(part));
  BOOST_TEST(out.str().empty());
  BOOST_TEST(revoke({"--pending"}) == exit_misuse);
  BOOST_TEST(err_has("--created-before is required"));
  BOOST_TEST(revoke({"--pending=yes", "--created-before=2026-01-01"}) == exit_misuse);
}

BOOST_AUTO_TEST_CASE(it_takes_the_options_of_serve_and_needs_no_staff_keys) {
  variables = {"INVITED_KEY_FILE=" + keys, "INVITED_REDIS=unix://" + folder.path("nobody"),
               "INVITED_STORE_TIMEOUT=100ms"};
  const std::string config = folder.write("conf", "rate = 7\nttl = 7d\n"); // options that do not concern it
  BOOST_TEST(revoke({"--pending", "--created-before=2026-01-01", "--config", config}) == exit_failed);
  BOOST_TEST(err_has("Redis cannot be used: connect"));
  BOOST_TEST(out.str().empty());
}

BOOST_AUTO_TEST_SUITE_END()
