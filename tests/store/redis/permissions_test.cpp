// What our user in Redis needs is checked before anything happens, and whatever is missing is named.
#include "store/keys/keys.hpp"
#include "tests/store/redis/acl_rules.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace invited::test {
namespace {

using store::command_use;

using store::command_use;

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>(in), {}};
}

/// By Redis itself: how many words a call of the command has; below zero, how many at least.
int arity(const redis_server& redis, std::string_view command) {
  const std::string told = redis.command({"COMMAND", "INFO", acl_name(command)});
  const std::size_t number = told.find("\r\n:");
  BOOST_REQUIRE(number != told.npos);
  return std::stoi(told.substr(number + 3));
}

BOOST_AUTO_TEST_SUITE(permissions)

BOOST_AUTO_TEST_CASE(each_example_is_a_whole_call) { // Redis 8.0 calls others forbidden
  const redis_server redis;
  for (const command_use& use : store::needed_commands()) {
    const std::string example = store::example_call(use);
    BOOST_TEST_CONTEXT(example) {
      const int words = static_cast<int>(words_of(example).size()), needed = arity(redis, use.command);
      BOOST_TEST((needed > 0 ? words == needed : words >= -needed));
    }
  }
}

BOOST_AUTO_TEST_CASE(each_command_that_is_missing_is_named_before_anything_happens) {
  const redis_server redis;
  for (const std::string& missing : needed_names()) {
    BOOST_TEST_CONTEXT(missing) {
      names commands = all_names();
      commands.erase(missing);
      std::vector<std::string> user =
          words_of("ACL SETUSER app reset on nopass " + acl_rules(needed_patterns(), commands));
      BOOST_REQUIRE(redis.command(user) == "+OK\r\n");
      client c(settings("unix://app@" + redis.socket()));
      BOOST_REQUIRE(run_until(c.loop, [&] { return c.seen.refusals > 0 || c.connection.ready(); }));
      BOOST_REQUIRE(c.seen.report.violations.size() == 1U);
      std::string named = c.seen.report.violations[0].setting;
      BOOST_TEST(acl_name(named.substr(0, named.find(" on "))) == missing);
      if (missing == "eval") continue; // without it Redis cannot be asked
      names patterns;
      for (const command_use& use : store::needed_commands())
        if (acl_name(use.command) == missing && !use.key.empty())
          patterns.insert(store::key_pattern(use.key));
      for (const std::string& pattern : patterns) BOOST_TEST(named.find(pattern) != named.npos);
    }
  }
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(each_key_that_is_missing_is_named) {
  const redis_server redis;
  for (const std::string& missing : needed_patterns()) {
    BOOST_TEST_CONTEXT(missing) {
      names patterns = needed_patterns();
      patterns.erase(missing);
      BOOST_REQUIRE(redis.command(words_of("ACL SETUSER app reset on nopass " +
                                           acl_rules(patterns, all_names()))) == "+OK\r\n");
      client c(settings("unix://app@" + redis.socket()));
      BOOST_REQUIRE(run_until(c.loop, [&] { return c.seen.refusals > 0 || c.connection.ready(); }));
      BOOST_TEST(!c.seen.report.fit());
      for (const store::redis::finding& f : c.seen.report.violations) {
        BOOST_TEST(f.setting.find(" on " + missing) != f.setting.npos); // also the patterns that it covers
        BOOST_TEST(f.found == "forbidden");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_command_is_checked_with_each_key) {
  const redis_server redis;
  BOOST_REQUIRE(redis.command({"ACL", "SETUSER", "app", "reset", "on", "nopass", "~*", "+@all", "-xadd",
                               "(~idx:{* +xadd)"}) == "+OK\r\n");
  client c(settings("unix://app@" + redis.socket()));
  BOOST_REQUIRE(run_until(c.loop, [&] { return c.seen.refusals > 0 || c.connection.ready(); }));
  BOOST_TEST(c.connection.why_not_ready() == "XADD on aud:{* is forbidden, wanted allowed");
}

BOOST_AUTO_TEST_CASE(a_command_that_redis_does_not_have_is_named) {
  std::vector<std::string> lines = strict_config;
  lines.emplace_back("rename-command ZRANGEBYSCORE \"\"");
  const redis_server redis(lines);
  client c(settings(redis.url()));
  BOOST_REQUIRE(run_until(c.loop, [&] { return c.seen.refusals > 0 || c.connection.ready(); }));
  BOOST_TEST(c.connection.why_not_ready() == "ZRANGEBYSCORE on due:{* is forbidden, wanted allowed");
}

BOOST_AUTO_TEST_CASE(the_runbook_has_the_line) {
  std::ifstream file(INVITED_STORE_RUNBOOK);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t from = text.find("ACL SETUSER");
  BOOST_REQUIRE(from != text.npos);
  const std::vector<std::string> written = words_of(text.substr(from, text.find("```", from) - from));
  const std::vector<std::string> right =
      words_of("ACL SETUSER invited on >PASSWORD " + acl_rules(needed_patterns(), all_names()));
  std::vector<std::string> bare; // without the shell's quotes, and the backslash at the end of a line
  for (std::string word : written) {
    word.erase(std::remove(word.begin(), word.end(), '\''), word.end());
    if (word != "\\") bare.push_back(word);
  }
  BOOST_TEST(bare == right, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
