#pragma once

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace invited::store {

using bytes_view = std::span<const std::uint8_t>;
using bytes32 = std::array<std::uint8_t, 32>;

/// The public name of a sealing key: the first 4 bytes of a hash of it.
using key_id = std::array<std::uint8_t, 4>;

/// Names an invite: the first 16 bytes of SHA-256 over its UUID's 16 bytes.
using handle = std::array<std::uint8_t, 16>;

inline bytes_view as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view as_text(bytes_view bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The part of a digest that is kept where it is only compared.
inline handle first_half(const bytes32& digest) {
  handle out;
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

/// Takes the same time wherever the first difference is. The lengths are not secret.
inline bool equal_in_constant_time(bytes_view a, bytes_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// Overwrites secrets in a way that no optimiser drops. It uses the C library, which writes a vector at a
/// time: OPENSSL_cleanse takes three times as long.
inline void wipe(std::span<std::uint8_t> secret) {
  ::explicit_bzero(secret.data(), secret.size());
}

} // namespace invited::store
