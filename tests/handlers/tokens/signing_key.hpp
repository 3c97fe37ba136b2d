#pragma once

#include "store/crypto/base64url.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/evp.hpp"

#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace invited::test {

/// A key pair made for a test, which signs as an identity provider would.
class signing_key {
public:
  static signing_key rsa(std::size_t bits = 2048) {
    return signing_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits));
  }
  static signing_key ec(const char* curve = "P-256") {
    return signing_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve));
  }
  static signing_key ed25519() { return signing_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }
  static signing_key of_kind(const char* kind) {
    return signing_key(EVP_PKEY_Q_keygen(nullptr, nullptr, kind));
  }

  std::string public_pem() const { return pem(PEM_write_bio_PUBKEY); }
  std::string private_pem() const {
    return pem([](BIO* bio, EVP_PKEY* key) {
      return PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
  }

  /// The signature as JWS has it, which is raw r and s for ECDSA.
  std::string sign(std::string_view input) const {
    const bool ed = EVP_PKEY_is_a(key_.get(), "ED25519") == 1;
    const store::evp_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new());
    require(EVP_DigestSignInit(context.get(), nullptr, ed ? nullptr : EVP_sha256(), nullptr, key_.get()));
    const auto text = store::as_bytes(input);
    std::string out(1024, '\0');
    std::size_t size = out.size();
    auto* const to = reinterpret_cast<unsigned char*>(out.data());
    require(EVP_DigestSign(context.get(), to, &size, text.data(), text.size()));
    out.resize(size);
    return EVP_PKEY_is_a(key_.get(), "EC") == 1 ? raw_of(out) : out;
  }

private:
  explicit signing_key(EVP_PKEY* key) : key_(key) { require(key != nullptr); }

  static void require(int ok) {
    if (ok != 1) throw std::runtime_error("no test key");
  }

  template <class Write>
  std::string pem(Write write) const {
    BIO* const bio = BIO_new(BIO_s_mem());
    const int ok = write(bio, key_.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string out(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    require(ok);
    return out;
  }

  static std::string raw_of(const std::string& der) {
    const auto* from = store::as_bytes(der).data();
    ECDSA_SIG* const sig = d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(der.size()));
    std::array<unsigned char, 64> raw;
    BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw.data() + 32, 32);
    ECDSA_SIG_free(sig);
    return std::string(store::as_text(raw));
  }

  store::evp_ptr<EVP_PKEY> key_;
};

/// header '.' payload of a token, from their JSON texts.
inline std::string signing_input(std::string_view header, std::string_view payload) {
  using namespace store;
  return base64url::encode(as_bytes(header)) + '.' + base64url::encode(as_bytes(payload));
}

inline std::string with_signature(const std::string& input, std::string_view signature) {
  return input + '.' + store::base64url::encode(store::as_bytes(signature));
}

/// A token signed by HMAC-SHA256, whatever its header says.
inline std::string hmac_token(std::string_view secret, std::string_view header, std::string_view payload) {
  const std::string input = signing_input(header, payload);
  return with_signature(
      input, store::as_text(store::hmac_sha256(store::as_bytes(secret))({store::as_bytes(input)})));
}

inline std::string signed_token(const signing_key& key, std::string_view header, std::string_view payload) {
  const std::string input = signing_input(header, payload);
  return with_signature(input, key.sign(input));
}

} // namespace invited::test
