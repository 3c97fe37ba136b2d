#pragma once

#include "store/crypto/bytes.hpp"

#include <array>
#include <initializer_list>

// SHA-256 by libcrypto's low-level functions, not through a provider. A request hashes a few dozen bytes four
// or five times, and with a provider the fetching, locating of parameters and copying of contexts cost four
// times what the hashing does (0.32 µs against 0.14 for an HMAC). OpenSSL has called these functions
// deprecated since 3.0, but still has them.
namespace invited::store {

namespace detail {

/// A SHA256_CTX, which this header does not name; wiped at its end.
struct sha256_state {
  alignas(8) std::array<unsigned char, 112> bytes;
  ~sha256_state() { wipe(bytes); }
};

} // namespace detail

/// SHA-256 of the parts, one after the other. Nothing marks where a part ends.
bytes32 sha256(std::initializer_list<bytes_view> parts);

/// HMAC-SHA256 (RFC 2104) under one key, which is set up once. A value type. Several threads may use it at a
/// time.
class hmac_sha256 {
public:
  /// An empty key is refused (std::invalid_argument).
  explicit hmac_sha256(bytes_view key);

  /// One use, in steps. The HMAC must outlive it.
  class message {
  public:
    explicit message(const hmac_sha256& by) : by_(by), inner_(by.inner_) {}
    void add(bytes_view part);
    bytes32 finish();

  private:
    const hmac_sha256& by_;
    detail::sha256_state inner_;
  };

  /// The HMAC of the parts, one after the other. Nothing marks where a part ends.
  bytes32 operator()(std::initializer_list<bytes_view> parts) const;

private:
  detail::sha256_state inner_; ///< after the key's inner pad
  detail::sha256_state outer_;
};

} // namespace invited::store
