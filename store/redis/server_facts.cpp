#include "store/redis/server_facts.hpp"

#include "store/redis/info_text.hpp"
#include "store/resp/reply_reader.hpp"

#include <charconv>

namespace invited::store::redis {
namespace {

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

} // namespace

void server_facts::read_info(std::string_view info) {
  for_each_fact(info, [this](std::string_view name, std::string_view value) {
    if (name == "redis_version") version = value;
    if (name == "redis_mode" && !is_cluster()) mode = value;
    if (name == "cluster_enabled") mode = value == "1" ? "cluster" : mode.value_or("standalone");
    if (name == "role") role = value;
    if (name == "connected_slaves") connected_replicas = number(value);
    if (name == "aof_last_write_status") last_write = value;
    if (name == "aof_enabled") settings[appendonly] = value == "1" ? "yes" : "no";
    if (name == "maxmemory_policy") settings[maxmemory_policy] = value;
    if (name == "maxmemory") settings[maxmemory] = value;
  });
}

void server_facts::read_config(std::size_t i, const reply& r) {
  if (i >= settings.size()) return;
  if (r.kind() == kind::error)
    config_forbidden = true; // other errors than a missing permission end the handshake
  // A pair of name and value. The name is checked, because a proxy may answer something else.
  reply_reader read(r);
  const std::string_view name = read.text(), value = read.text();
  if (!read.failed() && name == durability_settings[i]) settings[i] = value;
}

bool server_facts::read_probe(std::span<const command_use> needs, const reply& r) {
  if (r.kind() == kind::error) return eval_forbidden = true;
  if (r.kind() == kind::nil) return permissions_unknown = true;
  if (r.kind() != kind::array) return false;
  for (const node n : r) {
    const std::int64_t place = n.integer();
    if (place < 1 || place > static_cast<std::int64_t>(needs.size())) return false;
    forbidden.push_back(needs[static_cast<std::size_t>(place - 1)]);
  }
  return true;
}

} // namespace invited::store::redis
