#pragma once

#include <string>
#include <vector>

namespace invited::store::redis {

/// strict: the server does not serve unless a used link stays used through a power cut. relaxed: it only
/// warns.
enum class durability { strict, relaxed };

struct server_facts;

/// One setting or permission that is not as it should be.
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

/// Judges whether this Redis can be used: whether we may call the commands that we need, and whether what it
/// acknowledges survives a power cut. Pure.
durability_report judge(const server_facts& facts, durability wanted);

/// "appendfsync is everysec, wanted always; ..."
std::string to_string(const std::vector<finding>& findings);

} // namespace invited::store::redis
