#include "store/crypto/aead.hpp"

namespace invited::store {

// Replaces sodium_aead.cpp if INVITED_SODIUM is off.
std::unique_ptr<aead> make_sodium_aead() {
  return nullptr;
}

} // namespace invited::store
