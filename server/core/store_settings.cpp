#include "server/core/store_settings.hpp"

#include "store/redis/permissions.hpp"
#include "store/scripts.hpp"

#include <stdexcept>
#include <vector>

namespace invited::server {

store::redis::connection_settings make_redis_settings(const options& opts, const secrets& material) {
  store::redis::connection_settings redis;
  redis.target = store::redis::parse_url(opts.redis).value(); // the configuration was checked
  redis.password = material.redis_password;
  redis.wanted = opts.durability;
  redis.timeout = opts.store_timeout;
  redis.batch = opts.store_batch;
  redis.scripts = store::scripts::all();
  redis.needs = store::needed_commands();
  return redis;
}

std::shared_ptr<const store::key_ring> make_key_ring(std::string_view text, const std::string& path) {
  std::vector<std::string> problems;
  auto ring = store::key_ring::parse(text, problems);
  if (ring) return ring;
  std::string all = path;
  for (const std::string& problem : problems) all += "\n  " + problem;
  throw std::runtime_error(all);
}

store::lifetimes lifetimes_of(const options& opts) {
  return {opts.ttl_max, opts.retention, opts.session_ttl};
}

} // namespace invited::server
