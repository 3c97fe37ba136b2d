#include "store/redis/durability.hpp"

#include "store/keys/keys.hpp"
#include "store/redis/server_facts.hpp"

#include <charconv>

namespace invited::store::redis {
namespace {

struct requirement {
  durability_setting which;
  std::string_view wanted;
};

/// If any of these is missing, an acknowledged write can be undone: by a power cut (the first three), or by
/// Redis itself when memory runs short.
constexpr requirement required[] = {
    {appendonly, "yes"}, {appendfsync, "always"}, {on_rewrite, "no"}, {maxmemory_policy, "noeviction"}};

constexpr int oldest_version = 7;

std::int64_t major_of(std::string_view version) {
  std::int64_t value = 0;
  std::from_chars(version.data(), version.data() + version.size(), value);
  return value;
}

/// The kind of Redis. `relaxed` changes nothing here: an older Redis lacks commands that the scripts use, a
/// node of a cluster has only some of the keys, and a replica takes no writes.
void judge_kind(const server_facts& facts, durability_report& report) {
  if (!facts.version)
    report.warnings.push_back({"redis_version", "unknown", "7 or newer"});
  else if (major_of(*facts.version) < oldest_version)
    report.violations.push_back({"redis_version", *facts.version, "7 or newer"});
  if (!facts.mode)
    report.warnings.push_back({"redis_mode", "unknown", "standalone"});
  else if (*facts.mode != "standalone")
    report.violations.push_back({"redis_mode", *facts.mode, "standalone (a cluster is not supported yet)"});
  if (facts.role && *facts.role != "master") report.violations.push_back({"role", *facts.role, "master"});
}

/// A script that meets a forbidden command stops half done, so `relaxed` changes nothing here, either.
void judge_permissions(const server_facts& facts, durability_report& report) {
  if (facts.eval_forbidden)
    report.violations.push_back({"EVAL", "forbidden", "allowed (every call is a script)"});
  if (facts.permissions_unknown)
    report.warnings.push_back(
        {"redis.acl_check_cmd", "missing",
         "available (without it we cannot check whether our user may call all that it needs)"});
  std::string_view command; // one finding for all its keys, which are adjacent
  std::string last_pattern;
  for (const command_use& use : facts.forbidden) {
    if (use.command != command) {
      report.violations.push_back({std::string(use.command), "forbidden", "allowed"});
      command = use.command;
      last_pattern.clear();
    }
    std::string pattern = use.key.empty() ? std::string() : key_pattern(use.key);
    if (pattern == last_pattern) continue;
    report.violations.back().setting.append(last_pattern.empty() ? " on " : ", ").append(pattern);
    last_pattern = std::move(pattern);
  }
}

/// `unsafe` takes the findings by which a power cut, or Redis itself, can undo writes.
void judge_writes(const server_facts& facts, durability_report& report, std::vector<finding>& unsafe) {
  for (const requirement& r : required) {
    const auto& value = facts.settings[r.which];
    if (value == r.wanted) continue;
    const std::string name(durability_settings[r.which]), wanted(r.wanted);
    if (value || !facts.config_forbidden)
      unsafe.push_back({name, value.value_or("unknown"), wanted});
    else
      report.warnings.push_back({name, "unknown (CONFIG GET is forbidden)", wanted});
  }
  if (facts.last_write && *facts.last_write != "ok")
    unsafe.push_back({"aof_last_write_status", *facts.last_write, "ok"});
}

void judge_risks(const server_facts& facts, durability_report& report) {
  const auto& value = facts.settings;
  if (value[save] && !value[save]->empty())
    report.warnings.push_back({"save", *value[save], "\"\" (a snapshot's fork stops Redis for a while)"});
  if (value[maxmemory] && *value[maxmemory] == "0")
    report.warnings.push_back(
        {"maxmemory", "0", "a limit (without one the system kills Redis when memory runs out)"});
  if (const std::int64_t replicas = facts.connected_replicas.value_or(0); replicas > 0)
    report.warnings.push_back({"connected_slaves", std::to_string(replicas),
                               "0 (replication is asynchronous: a failover to a replica can make used links "
                               "work again, whatever min-replicas-to-write says)"});
}

} // namespace

durability_report judge(const server_facts& facts, durability wanted) {
  durability_report report;
  judge_kind(facts, report);
  judge_permissions(facts, report);
  judge_writes(facts, report, wanted == durability::strict ? report.violations : report.warnings);
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
