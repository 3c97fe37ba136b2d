#include "store/crypto/password.hpp"

#include "store/crypto/evp.hpp"

#include <openssl/evp.h>

namespace invited::store {
namespace {

bytes32 scrypt(std::string_view password, bytes_view salt) {
  constexpr std::uint64_t n = 1U << 15, r = 8, p = 3;
  constexpr std::uint64_t most_memory =
      2 * 128 * n * r; // OpenSSL's own limit is what N and r take, and no more
  bytes32 out;
  const int made = EVP_PBE_scrypt(password.data(), password.size(), salt.data(), salt.size(), n, r, p,
                                  most_memory, out.data(), out.size());
  evp_require(made == 1, "scrypt");
  return out;
}

} // namespace

password_hash hash_password(std::string_view password, entropy& random) {
  password_hash made;
  random.fill(made.salt);
  made.hash = scrypt(password, made.salt);
  return made;
}

bool is_password(std::string_view password, const password_hash& of) {
  return equal_in_constant_time(scrypt(password, of.salt), of.hash);
}

} // namespace invited::store
