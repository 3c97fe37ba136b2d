#include "store/crypto/aead.hpp"

namespace invited::store {

std::unique_ptr<aead> make_aead() {
  std::unique_ptr<aead> sodium = make_sodium_aead();
  return sodium != nullptr ? std::move(sodium) : make_openssl_aead();
}

} // namespace invited::store
