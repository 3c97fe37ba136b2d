#pragma once

#include "server/config/options.hpp"
#include "server/config/sources.hpp"

#include <string>
#include <vector>

namespace invited::server {

/// The content of the secret files. Wiped when it goes; the composition root lets it go once the keys are
/// made.
struct secrets {
  struct public_key {
    std::string path; ///< for messages
    std::string pem;
  };

  std::string key_file;   ///< text for store::key_ring::parse
  std::string jwt_secret; ///< empty: none; else 32 bytes or more
  std::vector<public_key> jwt_public_keys;
  std::string redis_password; ///< empty: none

  secrets() = default;
  secrets(secrets&&) = default;
  secrets& operator=(secrets&&) = default;
  ~secrets();
};

/// Reads what `from` names. `given` is for messages: each error tells where the file was named. The key file
/// and one key for staff tokens at least must be there.
secrets load_secrets(const options& from, const settings& given, findings& found);

/// The same for who needs the store alone: the key file, which must be there, and Redis's password.
secrets load_store_secrets(const options& from, const settings& given, findings& found);

} // namespace invited::server
