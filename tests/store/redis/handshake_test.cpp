#include "store/redis/handshake.hpp"

#include "store/scripts.hpp"
#include "tests/store/resp/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace invited::store;
using namespace invited::store::redis;
using invited::test::parse;

namespace {

const script scripts[] = {{"one", "return 1", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 0}};

constexpr command_use needs[] = {{"GET", "log:{gg}:<h>"}, {"XREADGROUP", "aud:{gg}"}, {"TIME", ""}};

connection_settings plain() {
  connection_settings s;
  s.scripts = scripts;
  s.needs = needs;
  return s;
}

/// The commands' first words, in order.
std::vector<std::string> commands(const handshake& h) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < h.size(); ++i) {
    std::string wire;
    h.encode(i, resp_writer(wire));
    const reply sent = parse(wire);
    std::string line;
    for (const node word : sent) line += (line.empty() ? "" : " ") + std::string(word.text());
    out.push_back(line);
  }
  return out;
}

/// The probe's command begins with this in commands().
const std::string probe_begins = "EVAL " + std::string(invited::store::scripts::probe.source);

std::string bulk(std::string_view text) {
  return "$" + std::to_string(text.size()) + "\r\n" + std::string(text) + "\r\n";
}

/// What a healthy Redis answers to `command`.
std::string healthy(std::string_view command) {
  if (command == "INFO server") return bulk("redis_version:7.0.15\r\n");
  if (command == "INFO replication") return bulk("role:master\r\nconnected_slaves:0\r\n");
  if (command.starts_with("CONFIG GET ")) return "*2\r\n" + bulk(command.substr(11)) + bulk("yes");
  if (command.starts_with("EVAL ")) return "*0\r\n";
  if (command.starts_with("SCRIPT LOAD")) return bulk(scripts[0].sha1);
  if (command == "PING") return "+PONG\r\n";
  return "+OK\r\n";
}

/// A handshake in which only the commands that begin with `bad` got a wrong answer.
handshake answered(const connection_settings& s, std::string_view bad, std::string_view with) {
  handshake h(s);
  const std::vector<std::string> all = commands(h);
  for (std::size_t i = 0; i < all.size(); ++i)
    h.take(i, parse(all[i].starts_with(bad) ? std::string(with) : healthy(all[i])));
  return h;
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_handshake)

BOOST_AUTO_TEST_CASE(says_what_is_needed_and_in_this_order) {
  const std::vector<std::string> expected = {"CLIENT SETNAME invited",
                                             "INFO server",
                                             "INFO replication",
                                             "INFO cluster",
                                             "INFO persistence",
                                             "INFO memory",
                                             "CONFIG GET appendonly",
                                             "CONFIG GET appendfsync",
                                             "CONFIG GET no-appendfsync-on-rewrite",
                                             "CONFIG GET maxmemory-policy",
                                             "CONFIG GET maxmemory",
                                             "CONFIG GET save",
                                             probe_begins +
                                                 " 0 GET log:{00}:00000000000000000000000000000000 "
                                                 "XREADGROUP GROUP group consumer STREAMS aud:{00} > "
                                                 "TIME",
                                             "SCRIPT LOAD return 1",
                                             "PING"};
  const connection_settings s = plain();
  BOOST_TEST(commands(handshake(s)) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(asks_for_nothing_if_nothing_is_needed) {
  connection_settings s = plain();
  s.needs = {};
  for (const std::string& command : commands(handshake(s))) BOOST_TEST(!command.starts_with("EVAL"));
}

BOOST_AUTO_TEST_CASE(signs_in_first) {
  const struct {
    std::string user, password;
    std::uint32_t db;
    std::string first, second;
  } cases[] = {
      {"", "pw", 0, "AUTH pw", "CLIENT SETNAME invited"},
      {"me", "p w\r\n", 0, "AUTH me p w\r\n", "CLIENT SETNAME invited"},
      {"me", "pw", 3, "AUTH me pw", "CLIENT SETNAME invited"},
      {"me", "", 0, "AUTH me ", "CLIENT SETNAME invited"}, // a user with nopass
      {"", "", 7, "CLIENT SETNAME invited", "INFO server"},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.first) {
      connection_settings s = plain();
      s.target.user = c.user;
      s.target.db = c.db;
      s.password = c.password;
      const std::vector<std::string> all = commands(handshake(s));
      BOOST_TEST(all[0] == c.first);
      BOOST_TEST(all[1] == c.second);
      const auto select = std::find(all.begin(), all.end(), "SELECT " + std::to_string(c.db));
      BOOST_TEST((select == all.end()) == (c.db == 0));
      BOOST_TEST((select < std::find(all.begin(), all.end(), "SCRIPT LOAD return 1") || c.db == 0));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_cluster_is_recognised_before_selecting_a_database_fails) {
  connection_settings s = plain();
  s.target.db = 3;
  handshake h(s);
  const std::vector<std::string> all = commands(h);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string reply = healthy(all[i]);
    if (all[i] == "INFO cluster") reply = bulk("cluster_enabled:1\r\n");
    if (all[i] == "SELECT 3") reply = "-ERR SELECT is not allowed in cluster mode\r\n";
    h.take(i, parse(reply));
  }
  BOOST_TEST(!h.error());
  BOOST_TEST(h.facts().is_cluster());
}

BOOST_AUTO_TEST_CASE(what_is_forbidden_becomes_a_fact) {
  const connection_settings s = plain();
  const handshake h = answered(s, "EVAL", "*1\r\n:2\r\n");
  BOOST_TEST(!h.error());
  BOOST_TEST_REQUIRE(h.facts().forbidden.size() == 1u);
  BOOST_TEST((h.facts().forbidden[0] == needs[1]));
}

BOOST_AUTO_TEST_CASE(a_healthy_redis_reports_its_facts) {
  const connection_settings s = plain();
  const handshake h = answered(s, "nothing", "");
  BOOST_TEST(!h.error());
  BOOST_TEST(h.facts().version.value_or("") == "7.0.15");
  BOOST_TEST(h.facts().role.value_or("") == "master");
  for (const auto& value : h.facts().settings) BOOST_TEST(value.value_or("") == "yes");
}

BOOST_AUTO_TEST_CASE(errors_that_end_it_are_named_without_arguments) {
  connection_settings s = plain();
  s.password = "hunter2";
  s.target.db = 1;
  const struct {
    std::string_view command, reply;
    errc why;
    std::string_view detail;
  } cases[] = {
      {"AUTH", "-WRONGPASS invalid username-password pair\r\n", errc::refused, "AUTH: WRONGPASS"},
      {"AUTH", "-NOPERM x\r\n", errc::refused, "AUTH: NOPERM"},
      {"AUTH", "-DENIED Redis is running in protected mode\r\n", errc::refused, "AUTH: DENIED"},
      {"AUTH", ":1\r\n", errc::unexpected, "AUTH: not a status"},
      {"SELECT", "-ERR DB index is out of range\r\n", errc::refused, "SELECT: ERR"},
      {"CLIENT", "-NOAUTH Authentication required.\r\n", errc::refused, "CLIENT SETNAME: NOAUTH"},
      {"INFO", "-LOADING Redis is loading\r\n", errc::refused, "INFO: LOADING"},
      {"CONFIG", "-NOAUTH x\r\n", errc::refused, "CONFIG GET: NOAUTH"},
      {"SCRIPT", "-LOADING x\r\n", errc::refused, "SCRIPT LOAD one: LOADING"},
      {"SCRIPT", "-ERR Error compiling script\r\n", errc::refused, "SCRIPT LOAD one: ERR"},
      {"SCRIPT", "$1\r\nx\r\n", errc::unexpected, "SCRIPT LOAD one: another SHA1"},
      {"SCRIPT", "$-1\r\n", errc::unexpected, "SCRIPT LOAD one: another SHA1"},
      {"EVAL", "-BUSY a script runs\r\n", errc::refused, "EVAL probe: BUSY"},
      {"EVAL", "*1\r\n:4\r\n", errc::unexpected, "EVAL probe: not a list of missing commands"},
      {"PING", "-MASTERDOWN x\r\n", errc::refused, "PING: MASTERDOWN"},
      {"PING", "-hunter2 x\r\n", errc::refused, "PING: an error"},
      {"PING", "*0\r\n", errc::unexpected, "PING: not a status"},
      {"", "-LOADING x\r\n", errc::refused, "AUTH: LOADING"}, // the first one
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.command << " " << c.reply) {
      const handshake h = answered(s, c.command, c.reply);
      BOOST_TEST((h.error() == make_error_code(c.why)));
      BOOST_TEST(h.detail() == c.detail);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_a_managed_redis_forbids_does_not_end_it) {
  const connection_settings s = plain();
  for (const std::string_view command : {"CLIENT", "INFO", "CONFIG", "EVAL", "SCRIPT"}) {
    for (const std::string_view error : {"-NOPERM you may not\r\n", "-ERR unknown command 'X'\r\n"}) {
      BOOST_TEST_CONTEXT(command << " " << error) {
        const handshake h = answered(s, command, error);
        BOOST_TEST(!h.error());
        BOOST_TEST(h.facts().config_forbidden == (command == "CONFIG"));
        BOOST_TEST(h.facts().eval_forbidden == (command == "EVAL"));
        BOOST_TEST(h.facts().version.has_value() == (command != "INFO"));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
