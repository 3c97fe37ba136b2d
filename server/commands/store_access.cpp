#include "server/commands/store_access.hpp"

#include "server/core/store_settings.hpp"

namespace invited::server {

store_access::store_access(const options& opts, const secrets& material, store::entropy& random)
    : redis_(io_.get_executor(), turn_, make_redis_settings(opts, material), *this, random),
      seals_(make_key_ring(material.key_file, opts.key_file), random),
      invites_(redis_, lane(), seals_, random, lifetimes_of(opts), 0) {} // Redis says which day it is

store_access::~store_access() {
  redis_.stop();
}

void store_access::unfit(const store::redis::durability_report&) {
  unfit_ = true;
}

parsed<void> store_access::connect() {
  redis_.start();
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!redis_.ready() && !unfit_ && std::chrono::steady_clock::now() < deadline)
    io_.run_one_until(deadline);
  if (redis_.ready()) return {};
  return fault::because("Redis cannot be used: " + std::string(redis_.why_not_ready()));
}

} // namespace invited::server
