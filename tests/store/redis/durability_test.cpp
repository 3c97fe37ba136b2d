#include "store/redis/durability.hpp"

#include "tests/store/redis/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace invited::store::redis;
using invited::test::parse;

namespace {

server_facts durable() {
  server_facts f;
  f.version = "7.0.15";
  f.role = "master";
  f.connected_replicas = 0;
  const char* values[] = {"yes", "always", "no", "noeviction", "1000000", "", "0"};
  for (std::size_t i = 0; i < f.settings.size(); ++i) f.settings[i] = values[i];
  return f;
}

server_facts with(std::string_view setting, std::optional<std::string> value) {
  server_facts f = durable();
  const auto at = std::find(durability_settings.begin(), durability_settings.end(), setting);
  BOOST_TEST_REQUIRE((at != durability_settings.end()));
  f.settings[static_cast<std::size_t>(at - durability_settings.begin())] = std::move(value);
  return f;
}

std::string names(const std::vector<finding>& findings) {
  std::string out;
  for (const finding& f : findings) out += f.setting + "=" + f.found + " ";
  return out;
}

std::string config_reply(std::string_view name, std::string_view value) {
  return "*2\r\n$" + std::to_string(name.size()) + "\r\n" + std::string(name) + "\r\n$" +
         std::to_string(value.size()) + "\r\n" + std::string(value) + "\r\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_durability)

BOOST_AUTO_TEST_CASE(a_durable_redis_is_fit_without_a_word) {
  const durability_report r = judge(durable(), durability::strict);
  BOOST_TEST(r.fit());
  BOOST_TEST(names(r.violations) == "");
  BOOST_TEST(names(r.warnings) == "");
}

BOOST_AUTO_TEST_CASE(each_unsafe_setting_is_named_with_what_it_should_be) {
  const struct {
    std::string_view setting, found, wanted;
  } cases[] = {
      {"appendonly", "no", "yes"},
      {"appendfsync", "everysec", "always"},
      {"appendfsync", "no", "always"},
      {"appendfsync", "", "always"},
      {"no-appendfsync-on-rewrite", "yes", "no"},
      {"maxmemory-policy", "allkeys-lru", "noeviction"},
      {"maxmemory-policy", "volatile-ttl", "noeviction"},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.setting << " " << c.found) {
      const server_facts f = with(c.setting, std::string(c.found));
      const durability_report strict = judge(f, durability::strict);
      BOOST_TEST(!strict.fit());
      BOOST_TEST_REQUIRE(strict.violations.size() == 1u);
      BOOST_TEST(strict.violations[0].setting == c.setting);
      BOOST_TEST(strict.violations[0].found == c.found);
      BOOST_TEST(strict.violations[0].wanted == c.wanted);
      const durability_report relaxed = judge(f, durability::relaxed);
      BOOST_TEST(relaxed.fit());
      BOOST_TEST(names(relaxed.warnings) == names(strict.violations));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_setting_that_redis_does_not_tell_is_unsafe) {
  const durability_report r = judge(with("appendfsync", std::nullopt), durability::strict);
  BOOST_TEST(names(r.violations) == "appendfsync=unknown ");
}

BOOST_AUTO_TEST_CASE(everything_wrong_is_named_at_once) {
  server_facts f;
  f.version = "6.2.7";
  f.role = "slave";
  const durability_report r = judge(f, durability::strict);
  BOOST_TEST(names(r.violations) == "redis_version=6.2.7 role=slave appendonly=unknown appendfsync=unknown "
                                    "no-appendfsync-on-rewrite=unknown maxmemory-policy=unknown ");
}

BOOST_AUTO_TEST_CASE(an_old_redis_and_a_replica_are_refused_even_when_relaxed) {
  const struct {
    std::string_view version;
    bool fit;
  } cases[] = {{"7.0.0", true},   {"7.2.4", true},   {"8.0", true}, {"10.1.1", true},
               {"6.2.14", false}, {"5.0.14", false}, {"", false},   {"x", false}};
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.version) {
      server_facts f = durable();
      f.version = c.version;
      BOOST_TEST(judge(f, durability::strict).fit() == c.fit);
      BOOST_TEST(judge(f, durability::relaxed).fit() == c.fit);
    }
  }
  server_facts replica = durable();
  replica.role = "slave";
  BOOST_TEST(names(judge(replica, durability::relaxed).violations) == "role=slave ");
}

BOOST_AUTO_TEST_CASE(risks_are_warned_of) {
  BOOST_TEST(names(judge(with("save", "3600 1 300 100"), durability::strict).warnings) ==
             "save=3600 1 300 100 ");
  BOOST_TEST(names(judge(with("maxmemory", "0"), durability::strict).warnings) == "maxmemory=0 ");
  server_facts f = durable();
  f.connected_replicas = 2;
  BOOST_TEST(names(judge(f, durability::strict).warnings) == "min-replicas-to-write=0 ");
  BOOST_TEST(judge(f, durability::strict).fit());
  f = with("min-replicas-to-write", "1");
  f.connected_replicas = 2;
  BOOST_TEST(names(judge(f, durability::strict).warnings) == "");
}

BOOST_AUTO_TEST_CASE(a_managed_redis_that_forbids_config_is_only_warned_of) {
  for (const std::string_view error :
       {"-NOPERM this user has no permissions to run the 'config|get' command\r\n",
        "-ERR unknown command 'CONFIG', with args beginning with: 'GET' 'save'\r\n"}) {
    BOOST_TEST_CONTEXT(error) {
      server_facts f;
      f.version = "7.1.0";
      f.role = "master";
      for (std::size_t i = 0; i < durability_settings.size(); ++i) f.read_config(i, parse(error));
      const durability_report r = judge(f, durability::strict);
      BOOST_TEST(r.fit());
      BOOST_TEST(names(r.warnings) == "CONFIG GET=forbidden ");
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_told_counts_even_where_the_rest_is_forbidden) {
  server_facts f = with("appendfsync", "no");
  f.config_forbidden = true;
  BOOST_TEST(names(judge(f, durability::strict).violations) == "appendfsync=no ");
}

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
  BOOST_TEST(f.role.value_or("") == "master");
  BOOST_TEST(f.connected_replicas.value_or(0) == 3);

  server_facts odd;
  odd.read_info("");
  odd.read_info("\r\n::\nno colon\nrole");
  odd.read_info("redis_version:\nconnected_slaves:x");
  BOOST_TEST(odd.version.value_or("unset") == "");
  BOOST_TEST(!odd.role.has_value());
  BOOST_TEST(odd.connected_replicas.value_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE(findings_read_well) {
  const std::vector<finding> two = {{"appendfsync", "everysec", "always"}, {"save", "", "x"}};
  BOOST_TEST(to_string(two) == "appendfsync is everysec, wanted always; save is \"\", wanted x");
  BOOST_TEST(to_string(std::vector<finding>{}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
