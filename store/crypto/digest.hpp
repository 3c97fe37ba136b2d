#pragma once

#include "store/crypto/bytes.hpp"
#include "store/crypto/evp.hpp"

#include <initializer_list>

namespace invited::store {

/// SHA-256. Fetches the algorithm once and keeps its context: one object a core, not thread-safe, movable.
class sha256 {
public:
  sha256();

  bytes32 operator()(bytes_view data);

  /// Of the parts one after the other; nothing marks where one ends.
  bytes32 operator()(std::initializer_list<bytes_view> parts);

private:
  evp_ptr<EVP_MD> algorithm_;
  evp_ptr<EVP_MD_CTX> context_;
};

/// HMAC-SHA256 under one key, which is set up once: 0.3 µs a use instead of 1.2. Not thread-safe, movable.
class hmac_sha256 {
public:
  /// `key` is copied into the context and wiped with it. An empty key is refused (std::invalid_argument).
  explicit hmac_sha256(bytes_view key);

  /// Of the parts one after the other; nothing marks where one ends.
  bytes32 operator()(std::initializer_list<bytes_view> parts);

  // The same in steps: start, add as often as wanted, finish.
  void start();
  void add(bytes_view part);
  bytes32 finish();

private:
  evp_ptr<EVP_MAC_CTX> context_;
};

} // namespace invited::store
