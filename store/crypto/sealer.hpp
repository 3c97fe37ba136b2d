#pragma once

#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/aead.hpp"
#include "store/crypto/bytes.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/key_ring.hpp"

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// What a sealed text is for. This is bound into the text, so that none can take the place of another kind.
enum class seal_kind : std::uint8_t { record = 1, idempotency = 2, actor = 3, account = 4, sign_in = 5 };

/// The key under which everything of one h is sealed. An act that seals and opens several texts derives it
/// once, even if other acts run in between. It is wiped in the destructor.
struct handle_key {
  key_id under; ///< the sealing key from which it was derived
  handle h;
  bytes32 bytes;

  handle_key(key_id id, const hmac_sha256& sealing_key, const handle& of);
  ~handle_key() { wipe(bytes); }
  handle_key(const handle_key&) = delete;
  handle_key& operator=(const handle_key&) = delete;
};

/// Seals what Redis must not read, and hashes what Redis may only compare.
///
/// A sealed text is nonce (12) ‖ ciphertext ‖ tag (16): AES-256-GCM under HMAC-SHA256(sealing key, "seal" ‖
/// h), with kind ‖ key id ‖ h ‖ provider_id as associated data, so that it opens only where it was put. The
/// encrypted part is the plain text's length (2 bytes, big-endian), the plain text, and zeros up to a
/// multiple of 32, so its size tells little.
///
/// One object a core: not thread-safe. All algorithms are fetched in the constructor.
class sealer {
public:
  static constexpr std::size_t max_plain = 0xffff;
  static constexpr std::size_t max_provider = 0xff;

  /// `random` must outlive the sealer.
  sealer(const std::shared_ptr<const key_ring>& keys, entropy& random);

  /// Uses these keys from now on. Called when the key file was read again.
  void load(const std::shared_ptr<const key_ring>& keys);

  /// The key that seals.
  key_id current() const { return keys_.front().id; }

  /// The ids of all keys that open, one after the other, 4 bytes each, as scripts take them.
  std::string_view held_ids() const { return held_ids_; }
  bool holds(key_id id) const;

  /// Derives it from current().
  handle_key key_for(const handle& h) const;

  /// Appends the sealed text to `out`, under current(). `plain` must not point into `out`. More than
  /// max_plain bytes are a std::length_error, as are more than max_provider of `provider_id`.
  void seal(seal_kind kind, const handle& h, std::string_view provider_id, std::string_view plain,
            std::string& out);
  void seal(seal_kind kind, const handle_key& key, std::string_view provider_id, std::string_view plain,
            std::string& out);

  /// The same in two steps, without a second copy of the plain text: the caller appends it to `out` between
  /// the two calls, and it is sealed where it stands. Reserve sealed_size(), because growing would leave
  /// copies behind. The second call takes what the first one returned.
  static std::size_t begin_seal(std::string& out);
  void end_seal(seal_kind kind, const handle_key& key, std::string_view provider_id, std::string& out,
                std::size_t begin);

  /// How many bytes seal() appends for a plain text of `plain_size`.
  static constexpr std::size_t sealed_size(std::size_t plain_size) {
    return nonce_size + padded_size(plain_size) + tag_size;
  }

  /// The plain text; errc::key_unavailable if no such key is held, errc::corrupt if it does not open.
  result<std::string> open(seal_kind kind, key_id id, const handle& h, std::string_view provider_id,
                           std::string_view sealed);
  /// `key` saves the derivation if it was derived from the key `id`. Otherwise it only names the h.
  result<std::string> open(seal_kind kind, key_id id, const handle_key& key, std::string_view provider_id,
                           std::string_view sealed);

  /// A keyed hash for what is only compared (e-mail search, fingerprints, idempotency): HMAC-SHA256 under the
  /// index key over label and parts, each led by its length (4 bytes, big-endian), so that ("ab","c") is not
  /// ("a","bc").
  bytes32 blind(std::string_view label, std::initializer_list<std::string_view> parts) const;

  /// HMAC-SHA256(sealing key, "derived " ‖ label), a key for another use (label "session": session tokens),
  /// or errc::key_unavailable. The caller wipes it.
  result<bytes32> derived_key(key_id id, std::string_view label) const;

private:
  static constexpr std::size_t nonce_size = aead::nonce_size;
  static constexpr std::size_t tag_size = aead::tag_size;
  static constexpr std::size_t length_size = 2;
  static constexpr std::size_t block = 32;

  static constexpr std::size_t padded_size(std::size_t plain_size) {
    return (length_size + plain_size + block - 1) / block * block;
  }

  struct master {
    key_id id;
    hmac_sha256 mac;
  };

  const master* find(key_id id) const;
  result<std::string> open_under(seal_kind kind, const handle_key& key, std::string_view provider_id,
                                 std::string_view sealed);

  entropy& random_;
  std::vector<master> keys_; ///< at least one; the first one seals
  std::string held_ids_;
  hmac_sha256 index_;
  std::unique_ptr<aead> cipher_; ///< keeps the last key used; the masters are in memory anyway
};

} // namespace invited::store
