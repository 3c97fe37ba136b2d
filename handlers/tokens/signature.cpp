#include "handlers/tokens/signature.hpp"

#include "store/crypto/digest.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <memory>

namespace invited::handlers {
namespace {

using store::as_bytes;
using store::bytes_view;

/// OpenSSL notes each failure in a queue of the thread, where TLS would find it later.
bool settled(int result) {
  if (result == 1) return true;
  ERR_clear_error();
  return false;
}

class hs256_checker final : public signature_checker {
public:
  explicit hs256_checker(std::string_view secret) : mac_(as_bytes(secret)) {}

  bool check(std::string_view input, std::string_view signature) override {
    return store::equal_in_constant_time(mac_({as_bytes(input)}), as_bytes(signature));
  }

private:
  store::hmac_sha256 mac_;
};

/// A context that may verify any number of SHA-256 digests (EVP_PKEY_verify(3)).
store::evp_ptr<EVP_PKEY_CTX> make_digest_context(EVP_PKEY* key, bool rsa) {
  store::evp_ptr<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  store::evp_require(context && EVP_PKEY_verify_init(context.get()) == 1, "signature check");
  if (rsa)
    store::evp_require(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1, "RSA padding");
  store::evp_require(EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1, "signature digest");
  return context;
}

bool check_digest(EVP_PKEY_CTX* context, bytes_view digest, bytes_view signature) {
  return settled(EVP_PKEY_verify(context, signature.data(), signature.size(), digest.data(), digest.size()));
}

class rs256_checker final : public signature_checker {
public:
  explicit rs256_checker(EVP_PKEY* key) : context_(make_digest_context(key, true)) {}

  bool check(std::string_view input, std::string_view signature) override {
    return check_digest(context_.get(), store::sha256({as_bytes(input)}), as_bytes(signature));
  }

private:
  store::evp_ptr<EVP_PKEY_CTX> context_;
};

class es256_checker final : public signature_checker {
public:
  explicit es256_checker(EVP_PKEY* key) : context_(make_digest_context(key, false)) {}

  bool check(std::string_view input, std::string_view signature) override {
    if (signature.size() != 2 * half) return false;
    std::array<std::uint8_t, 6 + 2 * (half + 1)> der; // two INTEGERs of 33 bytes in a SEQUENCE
    const std::size_t size = to_der(as_bytes(signature), der.data());
    return check_digest(context_.get(), store::sha256({as_bytes(input)}), {der.data(), size});
  }

private:
  static constexpr std::size_t half = 32;

  /// JWS has r and s side by side (RFC 7518 §3.4), but OpenSSL needs them in DER. Returns how many bytes it
  /// wrote.
  static std::size_t to_der(bytes_view raw, std::uint8_t* out) {
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> parts(ECDSA_SIG_new(), ECDSA_SIG_free);
    BIGNUM* const r = BN_bin2bn(raw.data(), half, nullptr);
    BIGNUM* const s = BN_bin2bn(raw.data() + half, half, nullptr);
    if (!parts || ECDSA_SIG_set0(parts.get(), r, s) != 1) { // after a success they belong to `parts`
      BN_free(r);
      BN_free(s);
      store::throw_evp_failure("ES256 signature");
    }
    const int size = i2d_ECDSA_SIG(parts.get(), &out);
    store::evp_require(size > 0, "ES256 signature");
    return static_cast<std::size_t>(size);
  }

  store::evp_ptr<EVP_PKEY_CTX> context_;
};

class eddsa_checker final : public signature_checker {
public:
  explicit eddsa_checker(EVP_PKEY* key) : prepared_(EVP_MD_CTX_new()), scratch_(EVP_MD_CTX_new()) {
    store::evp_require(
        prepared_ && scratch_ &&
            EVP_DigestVerifyInit_ex(prepared_.get(), nullptr, nullptr, nullptr, nullptr, key, nullptr) == 1,
        "EdDSA");
  }

  bool check(std::string_view input, std::string_view signature) override {
    // A context verifies only once, and preparing one is slow, so this copies it.
    const bytes_view text = as_bytes(input);
    const bytes_view sig = as_bytes(signature);
    return settled(EVP_MD_CTX_copy_ex(scratch_.get(), prepared_.get())) &&
           settled(EVP_DigestVerify(scratch_.get(), sig.data(), sig.size(), text.data(), text.size()));
  }

private:
  store::evp_ptr<EVP_MD_CTX> prepared_;
  store::evp_ptr<EVP_MD_CTX> scratch_;
};

} // namespace

std::unique_ptr<signature_checker> make_signature_checker(const staff_keys::key& key) {
  switch (key.algorithm) {
  case jws_algorithm::hs256: return std::make_unique<hs256_checker>(key.secret);
  case jws_algorithm::rs256: return std::make_unique<rs256_checker>(key.pkey.get());
  case jws_algorithm::es256: return std::make_unique<es256_checker>(key.pkey.get());
  case jws_algorithm::eddsa: break;
  }
  return std::make_unique<eddsa_checker>(key.pkey.get());
}

} // namespace invited::handlers
