// Real servers that must not be used, or only with a warning: a cluster, one that hides its settings, one
// with replicas.
#include "tests/store/redis/client.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace invited::test {
namespace {

using store::redis::durability;

std::vector<std::string> strict_and(const std::vector<std::string>& more) {
  std::vector<std::string> lines = strict_config;
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

/// What a client finds that signs in as `user`; empty means without a user.
recorder judged(const redis_server& redis, const std::string& user, const std::string& query = {},
                durability wanted = durability::strict) {
  store::redis::connection_settings s =
      client::settings("unix://" + (user.empty() ? user : user + '@') + redis.socket() + query);
  s.wanted = wanted;
  client c(s);
  BOOST_TEST(run_until(c.loop, [&] { return c.seen.refusals + c.seen.connections > 0; }));
  BOOST_TEST(c.seen.losses == 0);
  return c.seen;
}

std::string violations(const recorder& seen) {
  return to_string(seen.report.violations);
}
std::string warnings(const recorder& seen) {
  return to_string(seen.report.warnings);
}

BOOST_AUTO_TEST_SUITE(store_redis_unfit)

BOOST_AUTO_TEST_CASE(a_cluster_is_refused_with_the_reason) {
  // Both ports are given, because the cluster's own would be the other one plus 10,000.
  const redis_server redis(strict_and({"port " + std::to_string(redis_server::free_port()),
                                       "cluster-port " + std::to_string(redis_server::free_port()),
                                       "bind 127.0.0.1", "cluster-enabled yes"}));
  const std::string reason = "redis_mode is cluster, wanted standalone (a cluster is not supported yet)";
  BOOST_TEST(violations(judged(redis, {})) == reason);
  BOOST_TEST(violations(judged(redis, {}, "?db=3")) == reason);
  BOOST_TEST(violations(judged(redis, {}, {}, durability::relaxed)) == reason);
}

BOOST_AUTO_TEST_CASE(if_config_is_forbidden_info_counts) {
  const std::string user = "user app on nopass ~* +@all -config";
  const redis_server durable(strict_and({user}));
  const recorder served = judged(durable, "app");
  BOOST_TEST(served.connections == 1);
  BOOST_TEST(warnings(served).starts_with("appendfsync is unknown (CONFIG GET is forbidden), wanted always; "
                                          "no-appendfsync-on-rewrite is unknown (CONFIG GET is forbidden), "
                                          "wanted no"));

  const redis_server forgetful({"appendonly no", "maxmemory-policy allkeys-lru", user});
  BOOST_TEST(violations(judged(forgetful, "app")) ==
             "appendonly is no, wanted yes; maxmemory-policy is allkeys-lru, wanted noeviction");
  BOOST_TEST(judged(forgetful, "app", {}, durability::relaxed).connections == 1);
}

BOOST_AUTO_TEST_CASE(replicas_are_warned_of_whatever_the_settings_say) {
  const std::string port = std::to_string(redis_server::free_port());
  const redis_server master(strict_and(
      {"port " + port, "bind 127.0.0.1", "min-replicas-to-write 1", "repl-diskless-sync-delay 0"}));
  const redis_server replica(strict_and({"replicaof 127.0.0.1 " + port}));
  const auto has_it = [&] {
    return master.command({"INFO", "replication"}).find("connected_slaves:1") != std::string::npos;
  };
  BOOST_REQUIRE(wait_until(has_it));
  const recorder served = judged(master, {});
  BOOST_TEST(served.connections == 1);
  BOOST_TEST(warnings(served).find("connected_slaves is 1, wanted 0 (replication is asynchronous") !=
             std::string::npos);
  BOOST_TEST(violations(judged(replica, {})) == "role is slave, wanted master");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
