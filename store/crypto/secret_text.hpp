#pragma once

#include <string>

#include <string.h> // explicit_bzero

namespace invited::store {

/// Overwrites a secret text and empties it. It overwrites all of the string's memory, because a string that
/// was moved from or cut keeps its characters.
inline void wipe(std::string& secret) {
  secret.resize(secret.capacity());
  ::explicit_bzero(secret.data(), secret.size());
  secret.clear();
}

} // namespace invited::store
