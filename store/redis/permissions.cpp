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

/// What a call has after its key, where that is not all of it.
constexpr struct {
  std::string_view command, rest;
} after_the_key[] = {
    {"EXPIRE", " 1"},
    {"GETRANGE", " 0 0"},
    {"HDEL", " field"},
    {"HGET", " field"},
    {"HINCRBY", " field 1"},
    {"HMGET", " field"},
    {"HSCAN", " 0"},
    {"HSET", " field value"},
    {"HSETNX", " field value"},
    {"PEXPIREAT", " 1"},
    {"SCAN", " 0"},
    {"SET", " value"},
    {"SETRANGE", " 0 value"},
    {"XACK", " group 0"},
    {"XADD", " * field value"},
    {"XAUTOCLAIM", " group consumer 0 0"},
    {"XGROUP CREATE", " group 0"},
    {"XGROUP DELCONSUMER", " group consumer"},
    {"XGROUP SETID", " group 0"},
    {"XINFO CONSUMERS", " group"},
    {"XPENDING", " group"},
    {"XRANGE", " - +"},
    {"XREADGROUP", " >"},
    {"XREVRANGE", " + -"},
    {"XTRIM", " MAXLEN 0"},
    {"ZADD", " 0 member"},
    {"ZRANGE", " 0 0"},
    {"ZRANGEBYSCORE", " 0 0"},
    {"ZREM", " member"},
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
  if (!use.key.empty()) call.append(" ").append(example_key(use.key));
  for (const auto& [command, rest] : after_the_key)
    if (command == use.command) call += rest;
  return call;
}

} // namespace invited::store
