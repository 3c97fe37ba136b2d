#pragma once

#include "server/config/endpoint.hpp"
#include "server/http/client_address.hpp"
#include "server/log/log_level.hpp"

#include "store/redis/durability.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace invited::server {

/// The checked options of `invited serve`. Plain data: the composition root gives each part only what that
/// part needs. The defaults are in the option table, as text, so `--help` shows what is really used.
struct options {
  endpoint listen;
  std::optional<endpoint> admin_listen; ///< none: `off`
  std::string base_url;                 ///< without a trailing slash
  std::string assessment_url;           ///< base_url + "/assessment" unless given
  std::uint32_t threads = 0;
  std::uint32_t max_connections = 0; ///< of all threads together
  std::uint32_t max_connections_per_address = 0;
  std::uint64_t max_body_memory = 0; ///< bytes, of all threads together

  std::string redis;               ///< a URL that store::redis::parse_url() takes
  std::string redis_password_file; ///< empty: none
  store::redis::durability durability = store::redis::durability::strict;

  std::string key_file;
  std::string jwt_secret_file;              ///< empty: none
  std::vector<std::string> jwt_public_keys; ///< paths
  std::string jwt_issuer;                   ///< empty: any
  std::string jwt_audience;                 ///< empty: any

  double rate = 0; ///< invites a second and provider
  std::uint32_t burst = 0;
  double patient_rate = 0; ///< requests a second and address
  std::uint32_t patient_burst = 0;
  double address_rate = 0; ///< requests a second and address, on other routes and without a token
  double staff_rate = 0;   ///< units a second, for each caller and each provider
  std::uint32_t staff_burst = 0;

  std::chrono::seconds ttl{};
  std::chrono::seconds ttl_min{};
  std::chrono::seconds ttl_max{};
  std::chrono::seconds retention{};
  std::chrono::seconds session_ttl{};

  std::string audit_file; ///< empty: the audit is not exported
  std::chrono::seconds audit_retention{};
  std::uint32_t audit_max_entries = 0; ///< over all groups

  std::vector<std::string> cors_origins; ///< as browsers write them
  std::vector<network> trusted_proxies;
  std::string default_region;

  std::chrono::milliseconds store_timeout{};
  std::chrono::milliseconds header_timeout{};
  std::chrono::milliseconds body_timeout{};
  std::chrono::milliseconds write_timeout{};
  std::chrono::milliseconds idle_timeout{};
  std::chrono::milliseconds shutdown_timeout{};

  server::log_level log_level = server::log_level::info;
};

} // namespace invited::server
