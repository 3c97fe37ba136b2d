#pragma once

#include <string_view>

namespace invited::store {

/// A Lua script, embedded at build time from store/scripts/<name>-<keys>.lua. Every view has static storage.
struct script {
  std::string_view name;
  std::string_view source; ///< byte for byte what was hashed, and what is sent
  std::string_view sha1;   ///< 40 lower-case hex digits
  /// How many keys it declares. Where its header says so, a caller may leave out the last ones; where the
  /// name ends with '+' it may add more like the last.
  int keys;
};

} // namespace invited::store
