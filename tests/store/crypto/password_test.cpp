#include "store/crypto/password.hpp"

#include "store/crypto/hex.hpp"
#include "tests/store/crypto/outdated_hash.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::store;
using invited::test::outdated_hash;

BOOST_AUTO_TEST_SUITE(store_password)

BOOST_AUTO_TEST_CASE(it_is_scrypt_with_these_parameters) {
  invited::test::counting_entropy random; // the salt is 00 01 02 ... 0f
  const password_hash made = hash_password("correct horse battery staple", random);
  BOOST_TEST(to_hex(made.salt) == "000102030405060708090a0b0c0d0e0f");
  // By Python: hashlib.scrypt(..., n=1 << 15, r=8, p=3, dklen=32).hex()
  BOOST_TEST(to_hex(made.hash) == "6705dba046cafbaba8de989bca88e0038ce03542d0c0cd96a8f956a72f86ee67");
}

BOOST_AUTO_TEST_CASE(one_password_and_no_other) {
  system_entropy random;
  const std::string right = "pass\xC3\xA9 with spaces ";
  const password_hash made = hash_password(right, random);
  BOOST_TEST(is_password(right, made));
  for (const std::string& wrong : {std::string(), right.substr(0, right.size() - 1), right + 'x'})
    BOOST_TEST(!is_password(wrong, made));
  BOOST_TEST((hash_password(right, random).hash != made.hash)); // another salt
}

BOOST_AUTO_TEST_CASE(it_is_hashed_in_its_normal_form) {
  system_entropy random;
  const std::string composed = "caf\xC3\xA9 au lait, please", apart = "cafe\xCC\x81 au lait, please";
  for (const std::string& chosen : {composed, apart}) {
    const password_hash made = hash_password(chosen, random);
    BOOST_TEST((made.hash == outdated_hash(composed, made.salt).hash));
    for (const std::string& typed : {composed, apart}) {
      const password_check is = check_password(typed, made, {});
      BOOST_TEST(is.right);
      BOOST_TEST(!is.renewed.has_value());
    }
  }
  const std::string none = "no \xFF UTF-8, no \t form"; // no new password, but an old one may be so
  BOOST_TEST(check_password(none, outdated_hash(none), {}).right);
}

BOOST_AUTO_TEST_CASE(an_outdated_hash_is_renewed_by_the_right_password) {
  const std::string composed = "caf\xC3\xA9 au lait, please", apart = "cafe\xCC\x81 au lait, please";
  const password_salt fresh = {1, 2, 3};
  const password_check is = check_password(apart, outdated_hash(apart), fresh);
  BOOST_TEST(is.right);
  BOOST_REQUIRE(is.renewed.has_value());
  BOOST_TEST((is.renewed->salt == fresh));
  BOOST_TEST((*is.renewed == hash_password(composed, fresh)));

  const password_check unasked = check_password(apart, outdated_hash(apart), {});
  BOOST_TEST(unasked.right);
  BOOST_TEST(!unasked.renewed.has_value());

  const std::string plain = "nothing to compose";
  BOOST_TEST(!check_password(plain, outdated_hash(plain), fresh).renewed.has_value());
  for (const std::string& wrong : {composed, apart + ' '}) {
    const password_check other = check_password(wrong, outdated_hash(apart), fresh);
    BOOST_TEST(!other.right);
    BOOST_TEST(!other.renewed.has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
