#pragma once

#include "store/crypto/bytes.hpp"

#include <memory>
#include <span>

namespace invited::store {

/// AES-256-GCM (NIST SP 800-38D), in place. The caller sees to it that no nonce comes twice under one key.
/// One object a core: not thread-safe. It keeps the last key's schedule until the next use, and wipes it at
/// its end.
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

  /// Decrypts `text`, at least one byte. False when it is not what was sealed: then nothing is left in it
  /// that is of use.
  virtual bool open(const bytes32& key, nonce_view nonce, bytes_view bound_to, std::span<std::uint8_t> text,
                    tag_view tag) = 0;
};

/// By libsodium where it can, else by OpenSSL.
std::unique_ptr<aead> make_aead();

/// OpenSSL looks its parameters up by name with every text, which costs more than the encryption of so short
/// ones: 7,200 instructions for the two texts of a new invite, against libsodium's 2,700.
std::unique_ptr<aead> make_openssl_aead();

/// Null where libsodium has no AES-256-GCM, which it has only for processors with instructions for it, or was
/// left out of the build (INVITED_SODIUM).
std::unique_ptr<aead> make_sodium_aead();

} // namespace invited::store
