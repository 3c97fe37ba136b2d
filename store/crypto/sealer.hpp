#pragma once

#include "store/crypto/bytes.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/evp.hpp"
#include "store/crypto/key_ring.hpp"
#include "store/entropy.hpp"
#include "store/errc.hpp"

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// What a sealed text is for; bound into it, so that none can stand in for another.
enum class seal_kind : std::uint8_t { record = 1, idempotency = 2, actor = 3, account = 4, sign_in = 5 };

/// Seals what Redis must not be able to read, and hashes what it must only be able to compare.
///
/// A sealed text is nonce (12) ‖ ciphertext ‖ tag (16): AES-256-GCM under HMAC-SHA256(sealing key, "seal" ‖
/// h), with kind ‖ key id ‖ h ‖ provider_id as associated data, so that it opens only where it was put. What
/// is encrypted is the plain text's length (2 bytes, big-endian), the plain text, and zeros up to a multiple
/// of 32: its size tells little.
///
/// One object a core: not thread-safe. All algorithms are fetched in the constructor.
class sealer {
public:
  static constexpr std::size_t max_plain = 0xffff;

  /// `random` must outlive the sealer.
  sealer(std::shared_ptr<const key_ring> keys, entropy& random);

  /// Takes other keys from here on: when the key file was read again.
  void load(const std::shared_ptr<const key_ring>& keys);

  /// The key that seals.
  key_id current() const { return keys_.front().id; }

  /// The ids of all keys that open, one after the other, 4 bytes each: what scripts are told.
  std::string_view held_ids() const { return held_ids_; }
  bool holds(key_id id) const;

  /// Appends the sealed text to `out`, under current(). `plain` must not point into `out`; more than
  /// max_plain bytes is a std::length_error.
  void seal(seal_kind kind, const handle& h, std::string_view provider_id, std::string_view plain,
            std::string& out);

  /// How many bytes seal() appends for a plain text of `plain_size`.
  static constexpr std::size_t sealed_size(std::size_t plain_size) {
    return nonce_size + padded_size(plain_size) + tag_size;
  }

  /// The plain text; errc::key_unavailable when no such key is held, errc::corrupt when it does not open.
  result<std::string> open(seal_kind kind, key_id id, const handle& h, std::string_view provider_id,
                           std::string_view sealed);

  /// A keyed hash for what is only ever compared (e-mail search, fingerprints, idempotency): HMAC-SHA256
  /// under the index key over label and parts, each led by its length (4 bytes, big-endian), so that
  /// ("ab","c") is not ("a","bc").
  bytes32 blind(std::string_view label, std::initializer_list<std::string_view> parts);

  /// HMAC-SHA256(sealing key, "derived " ‖ label), a key for another use (label "session": session tokens),
  /// or errc::key_unavailable. The caller wipes it.
  result<bytes32> derived_key(key_id id, std::string_view label);

private:
  static constexpr std::size_t nonce_size = 12;
  static constexpr std::size_t tag_size = 16;
  static constexpr std::size_t length_size = 2;
  static constexpr std::size_t block = 32;

  static constexpr std::size_t padded_size(std::size_t plain_size) {
    return (length_size + plain_size + block - 1) / block * block;
  }

  struct master {
    key_id id;
    hmac_sha256 mac;
  };

  master* find(key_id id);
  const master& start(const handle& h, const std::uint8_t* nonce);

  entropy& random_;
  std::vector<master> keys_; ///< at least one, the first seals
  std::string held_ids_;
  hmac_sha256 index_;
  std::optional<handle> prepared_; ///< the h whose key encrypt_ has
  // They keep the last record's key schedule until the next use; the masters are in memory anyway.
  evp_ptr<EVP_CIPHER_CTX> encrypt_;
  evp_ptr<EVP_CIPHER_CTX> decrypt_;
};

} // namespace invited::store
