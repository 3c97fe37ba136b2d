#include "handlers/tokens/staff_keys.hpp"

#include "store/crypto/bytes.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <memory>

namespace invited::handlers {
namespace {

using added = staff_keys::added;

std::string_view stem_of(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1); // npos + 1 is 0
  const std::size_t dot = name.find_last_of('.');
  return dot == 0 ? name : name.substr(0, dot);
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++n;
  return n;
}

/// Checks the labels of the PEM text, so that likely mistakes get a helpful message.
added check_labels(std::string_view pem) {
  if (pem.find("PRIVATE KEY-----") != pem.npos)
    return "holds a private key; give the server only the public one (openssl pkey -pubout)";
  if (pem.find("-----BEGIN CERTIFICATE-----") != pem.npos)
    return "holds a certificate; give the public key in it (openssl x509 -pubkey -noout)";
  const std::size_t keys = count(pem, "-----BEGIN PUBLIC KEY-----");
  if (keys == 0) return "does not hold a public key in PEM (\"-----BEGIN PUBLIC KEY-----\")";
  if (keys > 1) return "holds more than one key; a file must have one, because its name is the key's id";
  return {};
}

int no_password(char*, int, int, void*) {
  return -1;
} // OpenSSL would ask on the terminal

store::evp_ptr<EVP_PKEY> read_public_key(std::string_view pem) {
  struct bio_free {
    void operator()(BIO* p) const noexcept { BIO_free(p); }
  };
  const std::unique_ptr<BIO, bio_free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  store::evp_require(bio != nullptr, "BIO");
  store::evp_ptr<EVP_PKEY> key(PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  return key;
}

bool is_p256(const EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t length = 0;
  return EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1 &&
         std::string_view(group.data(), length) == "prime256v1";
}

/// The one algorithm of the key, or what is wrong with the key.
added choose_algorithm(const EVP_PKEY* key, jws_algorithm& out) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) {
    if (EVP_PKEY_get_bits(key) < staff_keys::least_rsa_bits)
      return "is an RSA key of fewer than " + std::to_string(staff_keys::least_rsa_bits) + " bits";
    out = jws_algorithm::rs256;
  } else if (EVP_PKEY_is_a(key, "EC") == 1) {
    if (!is_p256(key)) return "is on a curve other than P-256, which ES256 requires";
    out = jws_algorithm::es256;
  } else if (EVP_PKEY_is_a(key, "ED25519") == 1) {
    out = jws_algorithm::eddsa;
  } else {
    return "is of an unsupported kind; use RSA, P-256 or Ed25519";
  }
  return {};
}

} // namespace

std::optional<jws_algorithm> jws_algorithm_named(std::string_view alg) {
  if (alg == "HS256") return jws_algorithm::hs256;
  if (alg == "RS256") return jws_algorithm::rs256;
  if (alg == "ES256") return jws_algorithm::es256;
  if (alg == "EdDSA") return jws_algorithm::eddsa;
  return {};
}

staff_keys::~staff_keys() {
  for (key& k : keys_) OPENSSL_cleanse(k.secret.data(), k.secret.size());
}

staff_keys::added staff_keys::add_secret(std::string_view secret) {
  if (secret.size() < least_secret) return "is shorter than " + std::to_string(least_secret) + " bytes";
  if (std::ranges::find(keys_, jws_algorithm::hs256, &key::algorithm) != keys_.end())
    return "is a second secret; only one is allowed";
  keys_.push_back({{}, jws_algorithm::hs256, std::string(secret)});
  return {};
}

std::string_view staff_keys::secret() const {
  const auto found = std::ranges::find(keys_, jws_algorithm::hs256, &key::algorithm);
  return found == keys_.end() ? std::string_view() : std::string_view(found->secret);
}

staff_keys::added staff_keys::add_public_key(std::string_view path, std::string_view pem) {
  if (added good = check_labels(pem); !good) return good;
  const std::string_view id = stem_of(path);
  if (id.empty()) return "has no file name to be the key's id (kid)";
  if (std::ranges::find(keys_, id, &key::id) != keys_.end())
    return "has the same name as another key, and the name is the key's id";

  store::evp_ptr<EVP_PKEY> pkey = read_public_key(pem);
  if (pkey == nullptr) return "holds a PEM block that is not a valid public key";
  jws_algorithm algorithm{};
  if (added good = choose_algorithm(pkey.get(), algorithm); !good) return good;
  keys_.push_back({std::string(id), algorithm, {}, std::move(pkey)});
  return {};
}

} // namespace invited::handlers
