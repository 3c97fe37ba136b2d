#include "store/redis/server_facts.hpp"

#include "tests/store/resp/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::store;
using namespace invited::store::redis;
using invited::test::parse;

namespace {

constexpr command_use needs[] = {{"GET", "log:{gg}:<h>"}, {"SCAN", ""}};

std::string config_reply(std::string_view name, std::string_view value) {
  return "*2\r\n$" + std::to_string(name.size()) + "\r\n" + std::string(name) + "\r\n$" +
         std::to_string(value.size()) + "\r\n" + std::string(value) + "\r\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_server_facts)

BOOST_AUTO_TEST_CASE(reads_replies_to_config_get) {
  server_facts f;
  for (std::size_t i = 0; i < durability_settings.size(); ++i)
    f.read_config(i, parse(config_reply(durability_settings[i], "v" + std::to_string(i))));
  for (std::size_t i = 0; i < durability_settings.size(); ++i)
    BOOST_TEST(f.settings[i].value_or("") == "v" + std::to_string(i));
  BOOST_TEST(!f.config_forbidden);

  server_facts odd;
  for (const std::string& wire : {std::string("*0\r\n"), std::string("*-1\r\n"), std::string("+OK\r\n"),
                                  config_reply("other", "yes"), std::string("*1\r\n$10\r\nappendonly\r\n")})
    odd.read_config(0, parse(wire));
  odd.read_config(99, parse(config_reply("appendonly", "yes")));
  BOOST_TEST(!odd.settings[0].has_value());
}

BOOST_AUTO_TEST_CASE(reads_info) {
  server_facts f;
  f.read_info(
      "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n\r\n# Replication\r\nrole:master\r\n"
      "connected_slaves:3\r\nslave0:ip=127.0.0.1,port=1,state=online\r\n");
  BOOST_TEST(f.version.value_or("") == "7.0.15");
  BOOST_TEST(f.mode.value_or("") == "standalone");
  BOOST_TEST(f.role.value_or("") == "master");
  BOOST_TEST(f.connected_replicas.value_or(0) == 3);
  f.read_info("aof_enabled:1\r\naof_last_write_status:err\r\nmaxmemory:7\r\nmaxmemory_policy:noeviction\r\n");
  BOOST_TEST(f.settings[appendonly].value_or("") == "yes");
  BOOST_TEST(f.last_write.value_or("") == "err");
  BOOST_TEST(f.settings[maxmemory].value_or("") == "7");
  BOOST_TEST(f.settings[maxmemory_policy].value_or("") == "noeviction");
  f.read_config(appendonly, parse(config_reply("appendonly", "no"))); // the setting itself counts
  BOOST_TEST(f.settings[appendonly].value_or("") == "no");

  server_facts odd;
  odd.read_info("");
  odd.read_info("\r\n::\nno colon\nrole");
  odd.read_info("redis_version:\nconnected_slaves:x");
  BOOST_TEST(odd.version.value_or("unset") == "");
  BOOST_TEST(!odd.role.has_value());
  BOOST_TEST(odd.connected_replicas.value_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE(a_cluster_is_known_by_either_word) {
  const struct {
    std::string_view info;
    std::string_view mode;
  } cases[] = {
      {"redis_mode:cluster\r\n", "cluster"},
      {"server_mode:cluster\r\ncluster_enabled:1\r\n", "cluster"}, // Valkey
      {"cluster_enabled:1\r\nredis_mode:standalone\r\n", "cluster"},
      {"redis_mode:standalone\r\ncluster_enabled:0\r\n", "standalone"},
      {"server_mode:standalone\r\ncluster_enabled:0\r\n", "standalone"},
      {"redis_mode:sentinel\r\ncluster_enabled:0\r\n", "sentinel"},
      {"", "unknown"},
  };
  for (const auto& c : cases) {
    server_facts f;
    f.read_info(c.info);
    BOOST_TEST_CONTEXT(c.info) BOOST_TEST(f.mode.value_or("unknown") == c.mode);
  }
}

BOOST_AUTO_TEST_CASE(reads_what_is_forbidden) {
  server_facts all;
  BOOST_TEST(all.read_probe(needs, parse("*0\r\n")));
  BOOST_TEST(all.forbidden.empty());

  server_facts some;
  BOOST_TEST(some.read_probe(needs, parse("*2\r\n:2\r\n:1\r\n")));
  BOOST_TEST_REQUIRE(some.forbidden.size() == 2u);
  BOOST_TEST((some.forbidden[0] == needs[1] && some.forbidden[1] == needs[0]));

  server_facts none;
  BOOST_TEST(none.read_probe(needs, parse("-NOPERM no\r\n")));
  BOOST_TEST(none.eval_forbidden);

  server_facts old;
  BOOST_TEST(old.read_probe(needs, parse("$-1\r\n")));
  BOOST_TEST(old.permissions_unknown);

  for (const std::string_view wire :
       {"+OK\r\n", ":1\r\n", "*1\r\n:0\r\n", "*1\r\n:3\r\n", "*1\r\n:-1\r\n", "*1\r\n$1\r\nx\r\n"}) {
    server_facts odd;
    BOOST_TEST_CONTEXT(wire) BOOST_TEST(!odd.read_probe(needs, parse(wire)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
