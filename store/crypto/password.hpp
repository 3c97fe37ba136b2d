#pragma once

#include "store/crypto/bytes.hpp"
#include "store/entropy.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace invited::store {

/// What is kept of a password: scrypt (RFC 7914) with N = 2^15, r = 8, p = 3, which OWASP's cheat sheet takes
/// for as strong as N = 2^17, p = 1, in a quarter of the memory. Other parameters would be another type.
struct password_hash {
  std::array<std::uint8_t, 16> salt{};
  bytes32 hash{};

  friend bool operator==(const password_hash&, const password_hash&) = default;
};

// Both take 32 MiB and about a third of a second of CPU: never on an event loop. From any thread. They
// throw std::runtime_error where OpenSSL cannot (no memory).

password_hash hash_password(std::string_view password, entropy& random);

/// Takes as long for a right password as for a wrong one.
bool is_password(std::string_view password, const password_hash& of);

} // namespace invited::store
