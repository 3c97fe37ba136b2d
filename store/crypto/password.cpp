#include "store/crypto/password.hpp"

#include "store/crypto/evp.hpp"
#include "store/crypto/password_text.hpp"
#include "store/crypto/secret_text.hpp"

#include <openssl/evp.h>

#include <string>

namespace invited::store {
namespace {

bytes32 scrypt(std::string_view password, bytes_view salt) {
  constexpr std::uint64_t n = 1U << 15, r = 8, p = 3;
  constexpr std::uint64_t most_memory = 2 * 128 * n * r; // OpenSSL's own limit is exactly what N and r take
  bytes32 out;
  const int made = EVP_PBE_scrypt(password.data(), password.size(), salt.data(), salt.size(), n, r, p,
                                  most_memory, out.data(), out.size());
  evp_require(made == 1, "scrypt");
  return out;
}

bool is_made_of(std::string_view bytes, const password_hash& of) {
  return equal_in_constant_time(scrypt(bytes, of.salt), of.hash);
}

enum class outcome { wrong, right, outdated };

outcome compare(std::string_view typed, const password_hash& of) {
  std::optional<std::string> normal = normal_password(typed);
  const bool has_other_form = normal && *normal != typed;
  const bool right = is_made_of(normal ? *normal : typed, of);
  const bool outdated = has_other_form && is_made_of(typed, of); // hash first, then compare; see the header
  if (normal) wipe(*normal);
  return right ? outcome::right : outdated ? outcome::outdated : outcome::wrong;
}

} // namespace

password_hash hash_password(std::string_view password, const password_salt& salt) {
  std::optional<std::string> normal = normal_password(password);
  password_hash made{salt, scrypt(normal ? *normal : password, salt)};
  if (normal) wipe(*normal);
  return made;
}

password_hash hash_password(std::string_view password, entropy& random) {
  password_salt salt;
  random.fill(salt);
  return hash_password(password, salt);
}

bool is_password(std::string_view typed, const password_hash& of) {
  return compare(typed, of) != outcome::wrong;
}

password_check check_password(std::string_view typed, const password_hash& of,
                              const std::optional<password_salt>& fresh) {
  const outcome is = compare(typed, of);
  password_check made{.right = is != outcome::wrong};
  if (is == outcome::outdated && fresh) made.renewed = hash_password(typed, *fresh);
  return made;
}

} // namespace invited::store
