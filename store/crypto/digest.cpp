#include "store/crypto/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace invited::store {

sha256::sha256() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
  evp_require(algorithm_ && context_, "SHA-256");
}

bytes32 sha256::operator()(bytes_view data) {
  const std::initializer_list<bytes_view> one{data};
  return (*this)(one);
}

bytes32 sha256::operator()(std::initializer_list<bytes_view> parts) {
  EVP_MD_CTX* const context = context_.get();
  evp_require(EVP_DigestInit_ex2(context, algorithm_.get(), nullptr) == 1, "SHA-256 start");
  for (const bytes_view part : parts)
    evp_require(EVP_DigestUpdate(context, part.data(), part.size()) == 1, "SHA-256 update");
  bytes32 out;
  evp_require(EVP_DigestFinal_ex(context, out.data(), nullptr) == 1, "SHA-256 end");
  return out;
}

hmac_sha256::hmac_sha256(bytes_view key) {
  if (key.empty()) throw std::invalid_argument("an HMAC key is empty");
  struct mac_free {
    void operator()(EVP_MAC* p) const noexcept { EVP_MAC_free(p); }
  };
  const std::unique_ptr<EVP_MAC, mac_free> mac(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
  evp_require(mac != nullptr, "HMAC");
  context_.reset(EVP_MAC_CTX_new(mac.get())); // keeps its own reference to the algorithm
  evp_require(context_ != nullptr, "HMAC context");

  std::string digest = "SHA256"; // OpenSSL's parameters are not const
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end(),
  };
  evp_require(EVP_MAC_init(context_.get(), key.data(), key.size(), parameters) == 1, "HMAC key");
}

bytes32 hmac_sha256::operator()(std::initializer_list<bytes_view> parts) {
  start();
  for (const bytes_view part : parts) add(part);
  return finish();
}

void hmac_sha256::start() {
  // Without a key: starts again under the one that is set, from its prepared inner state.
  evp_require(EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1, "HMAC start");
}

void hmac_sha256::add(bytes_view part) {
  evp_require(EVP_MAC_update(context_.get(), part.data(), part.size()) == 1, "HMAC update");
}

bytes32 hmac_sha256::finish() {
  bytes32 out;
  std::size_t written = 0;
  evp_require(EVP_MAC_final(context_.get(), out.data(), &written, out.size()) == 1, "HMAC end");
  return out;
}

} // namespace invited::store
