#include "store/crypto/aead.hpp"

namespace invited::store {

// In the place of sodium_aead.cpp where INVITED_SODIUM is off.
std::unique_ptr<aead> make_sodium_aead() {
  return nullptr;
}

} // namespace invited::store
