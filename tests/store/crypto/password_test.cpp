#include "store/crypto/password.hpp"

#include "store/crypto/hex.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::store;

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

BOOST_AUTO_TEST_SUITE_END()
