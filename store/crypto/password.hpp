#pragma once

#include "store/base/entropy.hpp"
#include "store/crypto/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::store {

using password_salt = std::array<std::uint8_t, 16>;

/// What is kept of a password: scrypt (RFC 7914) with N = 2^15, r = 8, p = 3. OWASP's cheat sheet considers
/// this as strong as N = 2^17, p = 1, and it takes a quarter of the memory. Other parameters would be another
/// type.
struct password_hash {
  password_salt salt{};
  bytes32 hash{};

  friend bool operator==(const password_hash&, const password_hash&) = default;
};

// A hash takes 32 MiB and about a third of a second of CPU: never compute one on an event loop. Any thread
// may call these. All throw std::runtime_error if OpenSSL fails (no memory).

/// Hashes the password's normal form (password_text.hpp), or its bytes if it has none. `salt` is random, and
/// used once.
password_hash hash_password(std::string_view password, const password_salt& salt);
password_hash hash_password(std::string_view password, entropy& random);

/// Whether `of` is a hash of the password `typed`.
bool is_password(std::string_view typed, const password_hash& of);

struct password_check {
  bool right = false;
  /// Set if the password is right but `of` is outdated: keep this hash instead.
  std::optional<password_hash> renewed{};
};

/// Checks the password, and makes a new hash if the password is right but `of` is older than today's rules:
/// earlier hashes were made of the bytes as they came. So a password whose normal form differs from its bytes
/// is hashed in both forms, always: a wrong password takes as long as an outdated one. All other passwords
/// are hashed once. `fresh` is the salt of the new hash; without it none is made, and no time is spent on
/// one.
password_check check_password(std::string_view typed, const password_hash& of,
                              const std::optional<password_salt>& fresh);

} // namespace invited::store
