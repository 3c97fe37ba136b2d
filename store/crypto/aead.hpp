#pragma once

#include "store/crypto/bytes.hpp"

#include <memory>
#include <span>

namespace invited::store {

/// AES-256-GCM (NIST SP 800-38D), in place. The caller must not use a nonce twice under one key. One object a
/// core: not thread-safe. It keeps the last key's schedule until the next use, and wipes it in the
/// destructor.
class aead {
public:
  static constexpr std::size_t nonce_size = 12;
  static constexpr std::size_t tag_size = 16;
  using nonce_view = std::span<const std::uint8_t, nonce_size>;
  using tag_view = std::span<const std::uint8_t, tag_size>;

  virtual ~aead() = default;

  /// Encrypts `text`, at least one byte, and binds it to `bound_to`, which may be empty.
  virtual void seal(const bytes32& key, nonce_view nonce, bytes_view bound_to, std::span<std::uint8_t> text,
                    std::span<std::uint8_t, tag_size> tag) = 0;

  /// Decrypts `text`, at least one byte. False if it is not what was sealed: then `text` holds nothing of
  /// use.
  virtual bool open(const bytes32& key, nonce_view nonce, bytes_view bound_to, std::span<std::uint8_t> text,
                    tag_view tag) = 0;
};

/// Uses libsodium where it can, otherwise OpenSSL.
std::unique_ptr<aead> make_aead();

/// OpenSSL looks its parameters up by name for every text. This costs more than encrypting texts as short as
/// ours: 7,200 instructions for the two texts of a new invite, against libsodium's 2,700.
std::unique_ptr<aead> make_openssl_aead();

/// Null if libsodium was left out of the build (INVITED_SODIUM), or has no AES-256-GCM here: it needs a
/// processor with instructions for it.
std::unique_ptr<aead> make_sodium_aead();

} // namespace invited::store
