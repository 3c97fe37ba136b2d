#pragma once

#include "store/audit/audit_event.hpp"
#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

/// Adds an event to a group's stream as the scripts do, and returns Redis's reply. `id` may set its time.
inline std::string add_audit_event(const redis_server& redis, store::sealer& seals, std::string_view provider,
                                   store::audit_action action, const store::audit_actor& actor,
                                   const store::handle* h = nullptr, std::string_view outcome = {},
                                   std::string id = "*") {
  const store::group tag = store::group_of(provider);
  const char letter = static_cast<char>(action);
  std::vector<std::string> call = {"XADD", std::string(store::group_key("aud", tag)), std::move(id)};
  const auto add = [&call](std::string_view name, std::string_view value) {
    call.emplace_back(name);
    call.emplace_back(value);
  };
  add("a", {&letter, 1});
  add("h", h ? store::as_text(*h) : std::string_view());
  add("p", provider);
  add("s", store::seal_actor(seals, h ? *h : store::handle(), provider, actor));
  if (!outcome.empty()) add("o", outcome);
  return redis.command(call);
}

/// Another provider in the group of `provider`.
inline std::string neighbour_of(std::string_view provider) {
  for (int i = 0;; ++i) {
    std::string other = "neighbour-" + std::to_string(i);
    if (store::group_of(other) == store::group_of(provider)) return other;
  }
}

} // namespace invited::test
