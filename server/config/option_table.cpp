#include "server/config/option_table.hpp"
#include "server/config/network.hpp"
#include "server/config/urls.hpp"
#include "server/config/values.hpp"

#include <algorithm>
#include <stdexcept>

namespace invited::server {

namespace {

template <class T>
void assign(T& member, T value) {
  member = std::move(value);
}

template <class T>
void assign(std::vector<T>& member, T value) {
  member.push_back(std::move(value));
}

/// Makes one function of a member and a reader for its value.
template <auto Member, auto Read>
parsed<void> set(options& target, std::string_view text) {
  auto value = Read(text);
  if (!value) return value.error();
  assign(target.*Member, std::move(*value));
  return {};
}

constexpr std::int64_t minute = 60;
constexpr std::int64_t day = 86'400;
constexpr std::int64_t ten_years = 3'650 * day;
constexpr std::uint64_t mebibyte = 1024 * 1024; // what the largest body takes
constexpr bool repeatable = true;

// clang-format off
using o = options;
constexpr option_entry table[] = {
  {{"config", "FILE", "", "read options from FILE: lines `name = value`, `#` starts a comment"},
    [](options&, std::string_view) -> parsed<void> { return {}; }}, // it is read before all others
  {{"listen", "HOST:PORT", "127.0.0.1:4321", "where to serve; port 0 takes any free one"},
    set<&o::listen, parse_listen>},
  {{"admin-listen", "HOST:PORT", "127.0.0.1:9464", "operators' port: /metrics, /healthz, /readyz; `off` for none"},
    set<&o::admin_listen, parse_listen_or_off>},
  {{"base-url", "URL", "http://localhost:4321", "the URL of this server for patients; invite links start with it"},
    set<&o::base_url, parse_base_url>},
  {{"assessment-url", "URL", "", "where a patient goes after redeeming (default: base-url + /assessment)"},
    set<&o::assessment_url, parse_page_url>},
  {{"threads", "N", "cores", "event loops, one a core"},
    set<&o::threads, parse_threads>},
  {{"max-connections", "N", "20000", "HTTP connections at a time, over all threads"},
    set<&o::max_connections, whole<1, 1'000'000>>},
  {{"max-connections-per-address", "N", "256", "how many of these one address may have (IPv6: /64); trusted proxies may have all"},
    set<&o::max_connections_per_address, whole<1, 1'000'000>>},
  {{"max-body-memory", "SIZE", "256MiB", "memory for all request bodies and large answers under way; beyond it 503"},
    set<&o::max_body_memory, bytes_between<mebibyte, 1024 * 1024 * mebibyte>>},

  {{"redis", "URL", "redis://127.0.0.1:6379", "redis://host:port/db, rediss:// with TLS, or unix:///path"},
    set<&o::redis, parse_redis_url>},
  {{"redis-password-file", "FILE", "", "file with the password of Redis, mode 0600"},
    set<&o::redis_password_file, parse_text>},
  {{"durability", "strict|relaxed", "strict", "strict: not ready unless Redis makes every write durable"},
    set<&o::durability, parse_durability>},

  {{"key-file", "FILE", "", "master keys, mode 0600; required (make one: `invited keygen`)"},
    set<&o::key_file, parse_text>},
  {{"jwt-secret-file", "FILE", "", "HS256 secret of staff tokens, 32 bytes or more, mode 0600"},
    set<&o::jwt_secret_file, parse_text>},
  {{"jwt-public-key", "FILE", "", "PEM public key of staff tokens (RS256, ES256, EdDSA)", repeatable},
    set<&o::jwt_public_keys, parse_text>},
  {{"jwt-issuer", "TEXT", "", "the `iss` that staff tokens must have"},
    set<&o::jwt_issuer, parse_text>},
  {{"jwt-audience", "TEXT", "", "the `aud` that staff tokens must have"},
    set<&o::jwt_audience, parse_text>},

  {{"rate", "NUMBER", "50", "invites a second for each provider"},
    set<&o::rate, parse_rate>},
  {{"burst", "N", "1000", "invites that a provider may make at once"},
    set<&o::burst, whole<1, 10'000'000>>},
  {{"patient-rate", "NUMBER", "20", "requests a second for each address on patients' routes"},
    set<&o::patient_rate, parse_rate>},
  {{"patient-burst", "N", "200", "such requests at once"},
    set<&o::patient_burst, whole<1, 10'000'000>>},
  {{"address-rate", "NUMBER", "1000", "requests a second for each address on other routes, without a token"},
    set<&o::address_rate, parse_rate>},
  {{"staff-rate", "NUMBER", "50", "units a second that the reads of a staff caller, and of a provider, may cost"},
    set<&o::staff_rate, parse_rate>},
  {{"staff-burst", "N", "500", "such units at once; a list page costs one; analytics, audit and search cost more"},
    set<&o::staff_burst, whole<1, 10'000'000>>},

  {{"ttl", "DURATION", "14d", "how long an invite may be redeemed"},
    set<&o::ttl, seconds_between<1, ten_years>>},
  {{"ttl-min", "DURATION", "60s", "the shortest ttl that a request may ask for"},
    set<&o::ttl_min, seconds_between<1, ten_years>>},
  {{"ttl-max", "DURATION", "90d", "the longest ttl that a request may ask for"},
    set<&o::ttl_max, seconds_between<1, ten_years>>},
  {{"retention", "DURATION", "30d", "how long the record of an ended invite is kept"},
    set<&o::retention, seconds_between<minute, ten_years>>},
  {{"session-ttl", "DURATION", "4h", "how long the session of a redeemed invite lasts"},
    set<&o::session_ttl, seconds_between<minute, 30 * day>>},

  {{"audit-file", "FILE", "", "append the audit to FILE, a chain of JSON lines; each server needs its own"},
    set<&o::audit_file, parse_text>},
  {{"audit-retention", "DURATION", "30d", "how long the audit stays in Redis after it was exported"},
    set<&o::audit_retention, seconds_between<minute, ten_years>>},
  {{"audit-max-entries", "N", "5000000", "when Redis has so many audit events (124 bytes each), repeats are only counted"},
    set<&o::audit_max_entries, whole<1, 1'000'000'000>>},

  {{"cors-origin", "ORIGIN", "", "web origin whose pages may call the API", repeatable},
    set<&o::cors_origins, parse_origin>},
  {{"trusted-proxy", "CIDR", "", "addresses whose X-Forwarded-For is trusted", repeatable},
    set<&o::trusted_proxies, parse_network>},
  {{"default-region", "CC", "US", "region of telephone numbers without a country code"},
    set<&o::default_region, parse_region>},

  {{"store-timeout", "DURATION", "2s", "how long a call to Redis may take"},
    set<&o::store_timeout, parse_timeout>},
  {{"header-timeout", "DURATION", "10s", "how long the whole header of a request may take to arrive"},
    set<&o::header_timeout, parse_timeout>},
  {{"body-timeout", "DURATION", "30s", "how long the whole body of a request may take to arrive"},
    set<&o::body_timeout, parse_timeout>},
  {{"write-timeout", "DURATION", "30s", "how long a client may take to read an answer"},
    set<&o::write_timeout, parse_timeout>},
  {{"idle-timeout", "DURATION", "75s", "how long a kept connection waits for the next request"},
    set<&o::idle_timeout, parse_timeout>},
  {{"shutdown-timeout", "DURATION", "10s", "how long running requests may take to end after SIGTERM"},
    set<&o::shutdown_timeout, parse_timeout>},

  {{"log-level", "LEVEL", "info", "debug, info, warning (only failed requests) or error"},
    set<&o::log_level, parse_log_level>},
};
// clang-format on

} // namespace

std::span<const option_entry> option_table() {
  return table;
}

std::vector<option_info> serve_options() {
  std::vector<option_info> infos;
  for (const auto& entry : table) infos.push_back(entry.info);
  return infos;
}

const option_info& option_named(std::string_view name) {
  const auto* const found = std::ranges::find(table, name, [](const option_entry& e) { return e.info.name; });
  if (found == std::end(table)) throw std::logic_error("no option " + std::string{name});
  return found->info;
}

} // namespace invited::server
