#pragma once

#include "server/config/options.hpp"
#include "server/config/secrets.hpp"
#include "store/crypto/key_ring.hpp"
#include "store/invites/invites.hpp"
#include "store/redis/connection.hpp"

#include <memory>
#include <string>
#include <string_view>

// Turns options into the settings of the store.
namespace invited::server {

store::redis::connection_settings make_redis_settings(const options& opts, const secrets& material);

/// `text` is the content of a key file, `path` its name for messages. Throws std::runtime_error that lists
/// everything wrong.
std::shared_ptr<const store::key_ring> make_key_ring(std::string_view text, const std::string& path);

store::lifetimes lifetimes_of(const options& opts);

} // namespace invited::server
