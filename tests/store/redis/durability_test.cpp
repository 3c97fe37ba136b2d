#include "store/redis/durability.hpp"

#include "store/redis/server_facts.hpp"
#include "tests/store/resp/printing.hpp"

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
  f.mode = "standalone";
  f.role = "master";
  f.connected_replicas = 0;
  f.last_write = "ok";
  const char* values[] = {"yes", "always", "no", "noeviction", "1000000", ""};
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

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_durability)

BOOST_AUTO_TEST_CASE(a_durable_redis_is_fit_without_a_warning) {
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

BOOST_AUTO_TEST_CASE(a_setting_that_redis_does_not_report_is_unsafe) {
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
}

BOOST_AUTO_TEST_CASE(replicas_are_warned_of_plainly) {
  server_facts f = durable();
  f.connected_replicas = 2;
  for (const durability wanted : {durability::strict, durability::relaxed}) {
    const durability_report r = judge(f, wanted);
    BOOST_TEST(r.fit());
    BOOST_TEST(to_string(r.warnings) ==
               "connected_slaves is 2, wanted 0 (replication is asynchronous: a failover to a replica can "
               "make used links work again, whatever min-replicas-to-write says)");
  }
}

BOOST_AUTO_TEST_CASE(a_redis_that_reports_nothing_is_warned_of) {
  server_facts f = durable();
  f.version.reset();
  f.mode.reset();
  const durability_report r = judge(f, durability::strict);
  BOOST_TEST(r.fit());
  BOOST_TEST(names(r.warnings) == "redis_version=unknown redis_mode=unknown ");
}

BOOST_AUTO_TEST_CASE(a_cluster_is_refused_even_when_relaxed) {
  for (const char* mode : {"cluster", "sentinel"}) {
    server_facts f = durable();
    f.mode = mode;
    for (const durability wanted : {durability::strict, durability::relaxed})
      BOOST_TEST(to_string(judge(f, wanted).violations) ==
                 "redis_mode is " + std::string(mode) +
                     ", wanted standalone (a cluster is not supported yet)");
  }
}

BOOST_AUTO_TEST_CASE(what_may_not_be_called_is_refused_even_when_relaxed) {
  server_facts f = durable();
  f.forbidden = {{"GET", "log:{gg}:<h>"},      {"GET", "usr:<hash>"},      {"SCAN", ""},
                 {"XADD", "aud:{gg}"},         {"XADD", "sum:{gg}:<day>"}, {"XADD", "sum:{gg}:now"},
                 {"XGROUP CREATE", "aud:{gg}"}};
  for (const durability wanted : {durability::strict, durability::relaxed})
    BOOST_TEST(names(judge(f, wanted).violations) ==
               "GET on log:{*, usr:*=forbidden SCAN=forbidden XADD on aud:{*, sum:{*=forbidden "
               "XGROUP CREATE on aud:{*=forbidden ");
  f = durable();
  f.eval_forbidden = true;
  BOOST_TEST(names(judge(f, durability::relaxed).violations) == "EVAL=forbidden ");
  f = durable();
  f.permissions_unknown = true;
  BOOST_TEST(judge(f, durability::strict).fit());
  BOOST_TEST(names(judge(f, durability::strict).warnings) == "redis.acl_check_cmd=missing ");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_unsafe) {
  server_facts f = durable();
  f.last_write = "err";
  BOOST_TEST(names(judge(f, durability::strict).violations) == "aof_last_write_status=err ");
  BOOST_TEST(names(judge(f, durability::relaxed).warnings) == "aof_last_write_status=err ");
}

BOOST_AUTO_TEST_CASE(if_config_is_forbidden_info_is_judged) {
  const std::string good = "aof_enabled:1\r\naof_last_write_status:ok\r\nmaxmemory_policy:noeviction\r\n";
  const std::string unknown = "appendfsync=unknown (CONFIG GET is forbidden) "
                              "no-appendfsync-on-rewrite=unknown (CONFIG GET is forbidden) ";
  const struct {
    std::string info, violations, warnings;
  } cases[] = {
      {"", "", // INFO is forbidden, too
       "appendonly=unknown (CONFIG GET is forbidden) " + unknown +
           "maxmemory-policy=unknown (CONFIG GET is forbidden) "},
      {good, "", unknown},
      {good + "maxmemory:0\r\n", "", unknown + "maxmemory=0 "},
      {good + "aof_enabled:0\r\n", "appendonly=no ", unknown},
      {good + "aof_last_write_status:err\r\n", "aof_last_write_status=err ", unknown},
      {good + "maxmemory_policy:allkeys-lru\r\n", "maxmemory-policy=allkeys-lru ", unknown},
  };
  for (const std::string_view error :
       {"-NOPERM this user has no permissions to run the 'config|get' command\r\n",
        "-ERR unknown command 'CONFIG', with args beginning with: 'GET' 'save'\r\n"}) {
    for (const auto& c : cases) {
      BOOST_TEST_CONTEXT(error << c.info) {
        server_facts f;
        f.version = "7.1.0";
        f.mode = "standalone";
        f.role = "master";
        f.read_info(c.info);
        for (std::size_t i = 0; i < durability_settings.size(); ++i) f.read_config(i, parse(error));
        const durability_report r = judge(f, durability::strict);
        BOOST_TEST(names(r.violations) == c.violations);
        BOOST_TEST(names(r.warnings) == c.warnings);
        BOOST_TEST(judge(f, durability::relaxed).fit());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_reported_counts_even_if_the_rest_is_forbidden) {
  server_facts f = with("appendfsync", "no");
  f.config_forbidden = true;
  BOOST_TEST(names(judge(f, durability::strict).violations) == "appendfsync=no ");
}

BOOST_AUTO_TEST_CASE(findings_read_well) {
  const std::vector<finding> two = {{"appendfsync", "everysec", "always"}, {"save", "", "x"}};
  BOOST_TEST(to_string(two) == "appendfsync is everysec, wanted always; save is \"\", wanted x");
  BOOST_TEST(to_string(std::vector<finding>{}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
