#pragma once

#include "server/config/options.hpp"
#include "server/config/sources.hpp"

#include <string>
#include <vector>

namespace invited::server {

/// The content of the secret files. The destructor wipes it; the composition root destroys it when the keys
/// are made.
struct secrets {
  struct public_key {
    std::string path; ///< for messages
    std::string pem;
  };

  std::string key_file;   ///< text for store::key_ring::parse
  std::string jwt_secret; ///< empty: none; otherwise 32 bytes or more
  std::vector<public_key> jwt_public_keys;
  std::string redis_password; ///< empty: none

  secrets() = default;
  secrets(secrets&&) = default;
  secrets& operator=(secrets&&) = default;
  ~secrets();
};

/// Reads the files that `from` names. `given` is for messages: each error says where the file was named. The
/// key file and at least one key for staff tokens are required.
secrets load_secrets(const options& from, const settings& given, findings& found);

/// The same for commands that need only the store: the key file, which is required, and Redis's password.
secrets load_store_secrets(const options& from, const settings& given, findings& found);

} // namespace invited::server
