#pragma once

#include "store/crypto/evp.hpp"

#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// The algorithms of signatures that we check (RFC 7518 §3, RFC 8037 §3.1).
enum class jws_algorithm : std::uint8_t { hs256, rs256, es256, eddsa };

/// The algorithm with exactly that name in a token's header; nothing for all other names.
std::optional<jws_algorithm> jws_algorithm_named(std::string_view alg);

/// The configured keys that may sign staff tokens. Each key has one algorithm, which its type decides, so no
/// token can make us use a public key as an HMAC secret. It is filled at the start, then shared by all cores.
class staff_keys {
public:
  static constexpr std::size_t least_secret = 32; ///< bytes; HS256 is no stronger than its secret
  static constexpr int least_rsa_bits = 2048;

  struct key {
    std::string id; ///< the name that a token's kid may give; empty for the secret
    jws_algorithm algorithm;
    std::string secret;              ///< hs256 only
    store::evp_ptr<EVP_PKEY> pkey{}; ///< all others
  };

  staff_keys() = default;
  ~staff_keys();
  staff_keys(const staff_keys&) = delete;
  staff_keys& operator=(const staff_keys&) = delete;

  /// Whether a key was added, or otherwise what is wrong with it, without a word of the key.
  using added = boost::system::result<void, std::string>;

  /// For HS256. Every byte counts, also a line end.
  added add_secret(std::string_view secret);

  /// `pem` is a file of exactly one PUBLIC KEY (RFC 7468 §13): RSA of 2048 bits or more (RS256), P-256
  /// (ES256) or Ed25519 (EdDSA). The key's id is `path` without folder and without its last extension.
  added add_public_key(std::string_view path, std::string_view pem);

  /// The secret that signs HS256 tokens; empty if there is none.
  std::string_view secret() const;

  std::span<const key> all() const { return keys_; }

private:
  std::vector<key> keys_;
};

} // namespace invited::handlers
