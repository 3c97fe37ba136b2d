#pragma once

#include "store/redis/handshake.hpp"
#include "store/redis/permissions.hpp"
#include "store/scripts.hpp"
#include "tests/store/redis/client.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

namespace invited::test {

using names = std::set<std::string>;

/// A command as an access control list spells it: "xinfo
/// stream".
inline std::string acl_name(std::string_view command) {
  std::string name(command);
  for (char& c : name) c = c == ' ' ? '|' : static_cast<char>(std::tolower(c));
  return name;
}

inline names needed_names() {
  names all;
  for (const store::command_use& use : store::needed_commands()) all.insert(acl_name(use.command));
  return all;
}

/// Each pattern once, without those that another one covers.
inline names needed_patterns() {
  names all;
  for (const store::command_use& use : store::needed_commands())
    if (!use.key.empty()) all.insert(store::key_pattern(use.key));
  const auto is_covered = [&all](const std::string& pattern) {
    return std::ranges::any_of(all, [&pattern](const std::string& other) {
      return other != pattern && pattern.starts_with(other.substr(0, other.size() - 1));
    });
  };
  names needed;
  std::ranges::remove_copy_if(all, std::inserter(needed, needed.end()), is_covered);
  return needed;
}

inline store::redis::connection_settings settings(const std::string& url) {
  store::redis::connection_settings s = client::settings(url);
  s.scripts = store::scripts::all();
  s.needs = store::needed_commands();
  return s;
}

/// The commands of the handshake on a new connection, as far as an access control list applies to them.
inline names handshake_names() {
  store::redis::connection_settings s = settings("redis://localhost");
  const store::redis::handshake all(s);
  names found;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string wire;
    all.encode(i, store::redis::resp_writer(wire));
    const store::redis::reply sent = parse(wire);
    std::string name(sent.at(0).text());
    if (name == "CLIENT" || name == "CONFIG" || name == "SCRIPT") name.append(" ").append(sent.at(1).text());
    found.insert(acl_name(name));
  }
  return found;
}

inline std::string acl_rules(const names& patterns, const names& commands) {
  std::string line = "resetchannels resetkeys";
  for (const std::string& pattern : patterns) line += " ~" + pattern;
  line += " -@all";
  for (const std::string& command : commands) line += " +" + command;
  return line;
}

inline names all_names() {
  names all = needed_names();
  all.merge(handshake_names());
  return all;
}

} // namespace invited::test
