#pragma once

#include <openssl/types.h>

#include <memory>

namespace invited::store {

struct evp_free {
  void operator()(EVP_MD* p) const noexcept;
  void operator()(EVP_MD_CTX* p) const noexcept;
  void operator()(EVP_MAC_CTX* p) const noexcept;
  void operator()(EVP_CIPHER_CTX* p) const noexcept;
  void operator()(EVP_PKEY* p) const noexcept;
  void operator()(EVP_PKEY_CTX* p) const noexcept;
};

/// Owns an OpenSSL object. Freeing a context also wipes the keys in it.
template <class T>
using evp_ptr = std::unique_ptr<T, evp_free>;

[[noreturn]] void throw_evp_failure(const char* what);

/// For OpenSSL calls that should not fail with our arguments. If one does (no memory, no provider), it throws
/// std::runtime_error naming `what`. It also clears OpenSSL's error queue, which would otherwise disturb TLS
/// on the same thread.
inline void evp_require(bool ok, const char* what) {
  if (!ok) throw_evp_failure(what);
}

} // namespace invited::store
