#include "store/redis/permissions.hpp"

#include "store/keys/keys.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <vector>

namespace invited::store {
namespace {

/// The commands that are sent without a script. Add each new one of the store here;
/// tests/store/redis/permissions_use_test.cpp makes all of them as a user with no other permissions.
constexpr command_use sent[] = {
    {"DEL", "sin:{usr:<hash>}:<h>"},
    {"GET", "prv:{gg}:<provider>"},
    {"GET", "usr:<hash>"},
    {"HKEYS", "sum:{gg}:now"},
    {"HSCAN", "sum:{gg}:now"},
    {"MGET", "log:{gg}:<h>"},
    {"PEXPIREAT", "sin:{usr:<hash>}:<h>"},
    {"SCAN", ""},
    {"SET", "sin:{usr:<hash>}:<h>"},
    {"TIME", ""},
    {"XACK", "aud:{gg}"},
    {"XACK", "idx:{gg}:<provider>"},
    {"XADD", "aud:{gg}"},
    {"XLEN", "aud:{gg}"},
    {"ZRANGEBYSCORE", "due:{gg}"},
};

std::vector<command_use> collect() {
  std::vector<command_use> all(std::begin(sent), std::end(sent));
  for (const script& s : scripts::all()) {
    for (const command_use& use : s.uses) {
      all.push_back(use);
      if (use.key.empty()) continue;
      all.push_back({"EVALSHA", use.key});
      all.push_back({"EVAL", use.key}); // if Redis does not know the script
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

} // namespace

std::span<const command_use> needed_commands() {
  static const std::vector<command_use> all = collect();
  return all;
}

std::string example_call(const command_use& use) {
  std::string call(use.command);
  if (use.command == "EVAL" || use.command == "EVALSHA") call += " script 1";
  if (use.command == "XREADGROUP") call += " GROUP group consumer STREAMS";
  if (use.key.empty()) return call;
  call.append(" ").append(example_key(use.key));
  if (use.command == "XREADGROUP") call += " >";
  return call;
}

} // namespace invited::store
