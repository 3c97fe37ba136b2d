#include "store/crypto/evp.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <stdexcept>
#include <string>

namespace invited::store {

void evp_free::operator()(EVP_MD* p) const noexcept {
  EVP_MD_free(p);
}
void evp_free::operator()(EVP_MD_CTX* p) const noexcept {
  EVP_MD_CTX_free(p);
}
void evp_free::operator()(EVP_MAC_CTX* p) const noexcept {
  EVP_MAC_CTX_free(p);
}
void evp_free::operator()(EVP_CIPHER_CTX* p) const noexcept {
  EVP_CIPHER_CTX_free(p);
}
void evp_free::operator()(EVP_PKEY* p) const noexcept {
  EVP_PKEY_free(p);
}
void evp_free::operator()(EVP_PKEY_CTX* p) const noexcept {
  EVP_PKEY_CTX_free(p);
}

void throw_evp_failure(const char* what) {
  ERR_clear_error();
  throw std::runtime_error(std::string("OpenSSL failed: ") + what);
}

} // namespace invited::store
