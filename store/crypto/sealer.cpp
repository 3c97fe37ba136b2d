#include "store/crypto/sealer.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace invited::store {
namespace {

/// A key that is wiped at the end of its scope.
struct scoped_key {
  bytes32 bytes;
  ~scoped_key() { wipe(bytes); }
};

evp_ptr<EVP_CIPHER_CTX> make_context(bool encrypt) {
  EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  evp_ptr<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
  // The context keeps its own reference to the cipher; later starts name none and so fetch none.
  const bool ok = cipher != nullptr && context != nullptr &&
                  EVP_CipherInit_ex2(context.get(), cipher, nullptr, nullptr, encrypt ? 1 : 0, nullptr) == 1;
  EVP_CIPHER_free(cipher);
  evp_require(ok, "AES-256-GCM");
  return context;
}

/// Tells the context what the text is bound to. All but the last part have a fixed length, so nothing can
/// shift.
bool bind_to(EVP_CIPHER_CTX* context, seal_kind kind, const key_id& id, const handle& h,
             std::string_view provider_id) {
  constexpr std::size_t fixed = 1 + sizeof(key_id) + sizeof(handle);
  constexpr std::size_t longest_in_place = 64; // what a provider_id is at most; in one piece it is cheaper
  std::array<std::uint8_t, fixed + longest_in_place> head;
  head[0] = static_cast<std::uint8_t>(kind);
  std::copy(id.begin(), id.end(), head.begin() + 1);
  std::copy(h.begin(), h.end(), head.begin() + 1 + id.size());
  const bytes_view here = as_bytes(provider_id.substr(0, longest_in_place));
  const bytes_view rest = as_bytes(provider_id).subspan(here.size());
  std::copy(here.begin(), here.end(), head.begin() + fixed);
  const auto update = [context](const std::uint8_t* data, std::size_t size) {
    int ignored = 0;
    return EVP_CipherUpdate(context, nullptr, &ignored, data, static_cast<int>(size)) == 1;
  };
  return update(head.data(), fixed + here.size()) && (rest.empty() || update(rest.data(), rest.size()));
}

std::array<std::uint8_t, 4> big_endian(std::size_t length) {
  return {static_cast<std::uint8_t>(length >> 24), static_cast<std::uint8_t>(length >> 16),
          static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)};
}

void add_with_length(hmac_sha256::message& mac, std::string_view part) {
  mac.add(big_endian(part.size()));
  mac.add(as_bytes(part));
}

} // namespace

sealer::sealer(std::shared_ptr<const key_ring> keys, entropy& random)
    : random_(random),
      index_(keys->index_key()),
      encrypt_(make_context(true)),
      decrypt_(make_context(false)) {
  load(keys);
}

void sealer::load(const std::shared_ptr<const key_ring>& keys) {
  std::vector<master> loaded;
  std::string ids;
  for (const key_ring::seal_key& key : keys->seal_keys()) {
    loaded.push_back({key.id, hmac_sha256(key.bytes)});
    ids += as_text(key.id);
  }
  index_ = hmac_sha256(keys->index_key());
  prepared_.reset();
  keys_ = std::move(loaded);
  held_ids_ = std::move(ids);
}

bool sealer::holds(key_id id) const {
  return std::ranges::find(keys_, id, &master::id) != keys_.end();
}

sealer::master* sealer::find(key_id id) {
  const auto found = std::ranges::find(keys_, id, &master::id);
  return found == keys_.end() ? nullptr : &*found;
}

/// Starts a text for `h`. A create seals two or three under one h: the key is derived and set up once.
const sealer::master& sealer::start(const handle& h, const std::uint8_t* nonce) {
  const master& key = keys_.front();
  if (prepared_ == h) {
    evp_require(EVP_EncryptInit_ex2(encrypt_.get(), nullptr, nullptr, nonce, nullptr) == 1, "seal");
    return key;
  }
  prepared_.reset();
  const scoped_key record_key{key.mac({as_bytes("seal"), h})};
  evp_require(EVP_EncryptInit_ex2(encrypt_.get(), nullptr, record_key.bytes.data(), nonce, nullptr) == 1,
              "seal key");
  prepared_ = h;
  return key;
}

void sealer::seal(seal_kind kind, const handle& h, std::string_view provider_id, std::string_view plain,
                  std::string& out) {
  if (plain.size() > max_plain) throw std::length_error("a text to seal is too long");
  const std::size_t begin = out.size();
  const std::size_t size = padded_size(plain.size());
  out.resize(begin + nonce_size + size + tag_size); // zeros: the padding
  auto* const nonce = reinterpret_cast<std::uint8_t*>(out.data() + begin);
  std::uint8_t* const text = nonce + nonce_size; // framed here, then encrypted in place
  random_.fill({nonce, nonce_size});
  text[0] = static_cast<std::uint8_t>(plain.size() >> 8);
  text[1] = static_cast<std::uint8_t>(plain.size());
  plain.copy(out.data() + begin + nonce_size + length_size, plain.size());

  const master& key = start(h, nonce);
  EVP_CIPHER_CTX* const context = encrypt_.get();
  int written = 0;
  int rest = 0;
  // The tag as a parameter: EVP_CIPHER_CTX_ctrl would make the same call in a longer way.
  OSSL_PARAM tag[] = {
      OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, text + size, tag_size),
      OSSL_PARAM_construct_end(),
  };
  const bool ok = bind_to(context, kind, key.id, h, provider_id) &&
                  EVP_EncryptUpdate(context, text, &written, text, static_cast<int>(size)) == 1 &&
                  EVP_EncryptFinal_ex(context, text + written, &rest) == 1 &&
                  EVP_CIPHER_CTX_get_params(context, tag) == 1;
  if (!ok) out.resize(begin); // never leave the plain text where a sealed one is expected
  evp_require(ok, "seal");
}

result<std::string> sealer::open(seal_kind kind, key_id id, const handle& h, std::string_view provider_id,
                                 std::string_view sealed) {
  master* const key = find(id);
  if (key == nullptr) return errc::key_unavailable;
  constexpr std::size_t overhead = nonce_size + tag_size;
  if (sealed.size() <= overhead || sealed.size() > sealed_size(max_plain) ||
      (sealed.size() - overhead) % block != 0)
    return errc::corrupt;
  const std::size_t size = sealed.size() - overhead;
  const std::uint8_t* const nonce = as_bytes(sealed).data();
  std::array<std::uint8_t, tag_size> tag; // a copy: OpenSSL takes it by pointer to mutable
  std::copy_n(nonce + nonce_size + size, tag_size, tag.begin());

  const scoped_key record_key{key->mac({as_bytes("seal"), h})};
  std::string plain(size, '\0');
  auto* const text = reinterpret_cast<std::uint8_t*>(plain.data());
  EVP_CIPHER_CTX* const context = decrypt_.get();
  int written = 0;
  int rest = 0;
  const bool ok =
      EVP_DecryptInit_ex2(context, nullptr, record_key.bytes.data(), nonce, nullptr) == 1 &&
      bind_to(context, kind, key->id, h, provider_id) &&
      EVP_DecryptUpdate(context, text, &written, nonce + nonce_size, static_cast<int>(size)) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_size), tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context, text + written, &rest) == 1;
  const std::size_t length = static_cast<std::size_t>(text[0]) << 8 | text[1];
  // A wrong length under a right tag would be our own mistake; it must not become an overrun all the same.
  if (!ok || padded_size(length) != size) {
    wipe({text, size});
    ERR_clear_error();
    return errc::corrupt;
  }
  std::memmove(plain.data(), plain.data() + length_size, length);
  plain.resize(length);
  return plain;
}

bytes32 sealer::blind(std::string_view label, std::initializer_list<std::string_view> parts) {
  hmac_sha256::message mac(index_);
  add_with_length(mac, label);
  for (const std::string_view part : parts) add_with_length(mac, part);
  return mac.finish();
}

result<bytes32> sealer::derived_key(key_id id, std::string_view label) {
  master* const key = find(id);
  if (key == nullptr) return errc::key_unavailable;
  return key->mac({as_bytes("derived "), as_bytes(label)});
}

} // namespace invited::store
