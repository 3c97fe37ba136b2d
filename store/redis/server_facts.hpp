#pragma once

#include "store/redis/script.hpp"
#include "store/resp/reply.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store::redis {

/// The sections of INFO that are read, in this order.
inline constexpr std::array<std::string_view, 5> info_sections = {"server", "replication", "cluster",
                                                                  "persistence", "memory"};

/// The settings that are read with CONFIG GET, in this order.
inline constexpr std::array<std::string_view, 6> durability_settings = {
    "appendonly", "appendfsync", "no-appendfsync-on-rewrite", "maxmemory-policy", "maxmemory", "save"};
enum durability_setting { appendonly, appendfsync, on_rewrite, maxmemory_policy, maxmemory, save };

/// What a Redis says about itself, and about what we may do there. An empty optional: it did not say.
struct server_facts {
  std::optional<std::string> version; ///< redis_version
  std::optional<std::string> mode;    ///< standalone, sentinel or cluster; by two lines, as Valkey has one
  std::optional<std::string> role;    ///< master or slave
  std::optional<std::int64_t> connected_replicas;
  std::optional<std::string> last_write; ///< ok or err: of the append-only file
  /// From CONFIG GET; if that says nothing, from INFO, which has some of them.
  std::array<std::optional<std::string>, durability_settings.size()> settings;
  bool config_forbidden = false; ///< CONFIG GET was refused: a managed Redis

  bool eval_forbidden = false;          ///< so it is unknown what else is forbidden
  bool permissions_unknown = false;     ///< it has no way to ask
  std::vector<command_use> forbidden{}; ///< what we need but may not use, or what this Redis does not have

  /// Takes the known lines of an INFO text, and skips the others.
  void read_info(std::string_view info);

  /// Takes the reply to CONFIG GET of `durability_settings[i]`, which may be an error.
  void read_config(std::size_t i, const reply& r);

  /// Takes the reply to probe-0.lua about `needs`, which may be an error that says that EVAL is forbidden.
  /// False: the reply has the wrong form.
  bool read_probe(std::span<const command_use> needs, const reply& r);

  bool is_cluster() const { return mode == "cluster"; }
};

} // namespace invited::store::redis
