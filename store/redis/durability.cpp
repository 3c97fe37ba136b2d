#include "store/redis/durability.hpp"

#include <algorithm>
#include <charconv>

namespace invited::store::redis {
namespace {

enum setting { appendonly, appendfsync, on_rewrite, maxmemory_policy, maxmemory, save, min_replicas };

struct requirement {
  setting which;
  std::string_view wanted;
};

/// Without any of these, a write that Redis acknowledged can be undone: by a power cut (the first three), or
/// by Redis itself when memory runs short.
constexpr requirement required[] = {
    {appendonly, "yes"}, {appendfsync, "always"}, {on_rewrite, "no"}, {maxmemory_policy, "noeviction"}};

constexpr int oldest_version = 7;

std::int64_t number(std::string_view text, std::int64_t otherwise) {
  std::int64_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// What it is, whoever wishes for less: an older Redis lacks what the scripts use, a replica takes no writes.
void judge_kind(const server_facts& facts, durability_report& report) {
  if (!facts.version)
    report.warnings.push_back({"redis_version", "unknown", "7 or newer"});
  else if (number(*facts.version, 0) < oldest_version)
    report.violations.push_back({"redis_version", *facts.version, "7 or newer"});
  if (facts.role && *facts.role != "master") report.violations.push_back({"role", *facts.role, "master"});
}

void judge_risks(const server_facts& facts, durability_report& report) {
  const auto& value = facts.settings;
  if (value[save] && !value[save]->empty())
    report.warnings.push_back({"save", *value[save], "\"\" (a snapshot's fork stops Redis for a while)"});
  if (value[maxmemory] && *value[maxmemory] == "0")
    report.warnings.push_back(
        {"maxmemory", "0", "a limit (without one the system kills Redis when memory runs out)"});
  if (facts.connected_replicas.value_or(0) > 0 && (!value[min_replicas] || *value[min_replicas] == "0"))
    report.warnings.push_back({"min-replicas-to-write", value[min_replicas].value_or("unknown"),
                               "at least 1 (a failover to a replica that lags revives used links)"});
}

} // namespace

void server_facts::read_info(std::string_view info) {
  while (!info.empty()) {
    std::string_view line = info.substr(0, info.find('\n'));
    info.remove_prefix(std::min(info.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon), value = line.substr(colon + 1);
    if (name == "redis_version") version = value;
    if (name == "role") role = value;
    if (name == "connected_slaves") connected_replicas = number(value, 0);
  }
}

void server_facts::read_config(std::size_t i, const reply& r) {
  if (i >= settings.size()) return;
  if (r.kind() == kind::error)
    config_forbidden = true; // other errors than a missing permission end the handshake
  // Pairs of name and value; the name is checked, because a proxy may answer something else.
  if (r.size() == 2 && r.at(0).text() == durability_settings[i]) settings[i] = r.at(1).text();
}

durability_report judge(const server_facts& facts, durability wanted) {
  durability_report report;
  judge_kind(facts, report);
  std::vector<finding>& unsafe = wanted == durability::strict ? report.violations : report.warnings;
  for (const requirement& r : required) {
    const auto& value = facts.settings[r.which];
    if (value ? *value == r.wanted : facts.config_forbidden) continue;
    unsafe.push_back(
        {std::string(durability_settings[r.which]), value.value_or("unknown"), std::string(r.wanted)});
  }
  if (facts.config_forbidden)
    report.warnings.push_back(
        {"CONFIG GET", "forbidden", "allowed (nobody can tell whether used links stay used)"});
  judge_risks(facts, report);
  return report;
}

std::string to_string(const std::vector<finding>& findings) {
  std::string out;
  for (const finding& f : findings) {
    if (!out.empty()) out += "; ";
    out.append(f.setting).append(" is ").append(f.found.empty() ? "\"\"" : f.found);
    out.append(", wanted ").append(f.wanted);
  }
  return out;
}

} // namespace invited::store::redis
