#pragma once

#include <compare>
#include <span>
#include <string_view>

namespace invited::store {

/// A command that a script calls, or that is sent without a script, with the name of one of its keys. Every
/// view has static storage.
struct command_use {
  std::string_view command; ///< "GET"; with its subcommand, "XINFO STREAM"
  std::string_view key;     ///< the form of the name, as in "inv:{gg}:<h>"; empty: it takes none

  friend auto operator<=>(const command_use&, const command_use&) = default;
};

/// A Lua script, embedded at build time from store/scripts/<name>-<keys>.lua. Every view has static storage.
struct script {
  std::string_view name;
  std::string_view source; ///< byte for byte what was hashed, and what is sent
  std::string_view sha1;   ///< 40 lower-case hex digits
  /// How many keys it declares. If its header says so, a caller may leave out the last ones. If the name of
  /// the last key ends with '+', a caller may add more of the same kind.
  int keys;
  std::span<const command_use> uses{}; ///< each once; found in its text at build time
};

} // namespace invited::store
