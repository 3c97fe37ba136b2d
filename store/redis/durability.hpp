#pragma once

#include "store/redis/reply.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store::redis {

/// strict: a link that was used stays used through a power cut, or the server does not serve. relaxed: only
/// warn.
enum class durability { strict, relaxed };

/// The settings that are read with CONFIG GET, in this order.
inline constexpr std::array<std::string_view, 7> durability_settings = {
    "appendonly", "appendfsync", "no-appendfsync-on-rewrite", "maxmemory-policy",
    "maxmemory",  "save",        "min-replicas-to-write"};

/// What a Redis says of itself. An empty optional: it did not say.
struct server_facts {
  std::optional<std::string> version; ///< redis_version
  std::optional<std::string> role;    ///< master or slave
  std::optional<std::int64_t> connected_replicas;
  std::array<std::optional<std::string>, durability_settings.size()> settings;
  bool config_forbidden = false; ///< CONFIG GET was refused: a managed Redis

  /// Takes over what is known in an INFO text. Unknown lines are passed over.
  void read_info(std::string_view info);

  /// Takes over the reply to CONFIG GET of `durability_settings[i]`, also when it is an error.
  void read_config(std::size_t i, const reply& r);
};

/// One setting that is not as it should be.
struct finding {
  std::string setting;
  std::string found;
  std::string wanted;
};

struct durability_report {
  std::vector<finding> violations; ///< not empty: this Redis must not be used
  std::vector<finding> warnings;

  bool fit() const noexcept { return violations.empty(); }
};

/// Judges whether what this Redis acknowledges outlives a power cut. Pure.
durability_report judge(const server_facts& facts, durability wanted);

/// "appendfsync is everysec, wanted always; ..."
std::string to_string(const std::vector<finding>& findings);

} // namespace invited::store::redis
