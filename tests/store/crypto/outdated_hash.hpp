#pragma once

#include "store/crypto/password.hpp"

#include <openssl/evp.h>

#include <string_view>

namespace invited::test {

/// A hash from before passwords were hashed in their normal form: scrypt of the bytes as they were typed.
inline store::password_hash outdated_hash(std::string_view as_it_came,
                                          const store::password_salt& salt = {7}) {
  store::password_hash made{salt};
  constexpr std::uint64_t n = 1U << 15, r = 8, p = 3;
  EVP_PBE_scrypt(as_it_came.data(), as_it_came.size(), made.salt.data(), made.salt.size(), n, r, p,
                 2 * 128 * n * r, made.hash.data(), made.hash.size());
  return made;
}

} // namespace invited::test
