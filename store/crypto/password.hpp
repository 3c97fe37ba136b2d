#pragma once

#include "store/base/entropy.hpp"
#include "store/crypto/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::store {

using password_salt = std::array<std::uint8_t, 16>;

/// What is kept of a password: scrypt (RFC 7914) with N = 2^15, r = 8, p = 3, which OWASP's cheat sheet takes
/// for as strong as N = 2^17, p = 1, in a quarter of the memory. Other parameters would be another type.
struct password_hash {
  password_salt salt{};
  bytes32 hash{};

  friend bool operator==(const password_hash&, const password_hash&) = default;
};

// A hash takes 32 MiB and about a third of a second of CPU: never on an event loop. From any thread. All
// throw std::runtime_error where OpenSSL cannot (no memory).

/// Of the password's normal form (password_text.hpp); of its bytes where it has none. `salt` is random, and
/// used once.
password_hash hash_password(std::string_view password, const password_salt& salt);
password_hash hash_password(std::string_view password, entropy& random);

/// Whether `typed` is the password `of` was made of.
bool is_password(std::string_view typed, const password_hash& of);

struct password_check {
  bool right = false;
  std::optional<password_hash> renewed{}; ///< right, and `of` is outdated: what to keep instead
};

/// The same, and a hash by today's rules where `of` is right but older than they are: hashes once were made
/// of the bytes as they came. So what has another normal form is tried as that, then as it came: two hashes,
/// whatever comes of the first, so that it takes as long for a wrong password as for an outdated one. All
/// others take one. `fresh` is the renewed hash's salt; nothing: none is made, nor the time for it taken.
password_check check_password(std::string_view typed, const password_hash& of,
                              const std::optional<password_salt>& fresh);

} // namespace invited::store
