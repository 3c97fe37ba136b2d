#include "store/crypto/digest.hpp"

#include "store/crypto/hex.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

using namespace invited::store;

BOOST_AUTO_TEST_SUITE(digest_suite)

BOOST_AUTO_TEST_CASE(sha256_known_answers) {
  struct {
    std::string text;
    std::string_view digest;
  } const cases[] = {
      // FIPS 180-4 examples
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1000000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& c : cases) BOOST_TEST(to_hex(sha256({as_bytes(c.text)})) == c.digest);
}

BOOST_AUTO_TEST_CASE(parts_are_one_text) {
  const bytes32 whole = sha256({as_bytes("abc")});
  const bytes32 parts = sha256({as_bytes("a"), bytes_view{}, as_bytes("bc")});
  BOOST_TEST(whole == parts, boost::test_tools::per_element());
}

struct hmac_case {
  std::string key, data;
  std::string_view mac;
};

// RFC 4231 §4; case 5 tests truncation, which we do not use.
const hmac_case rfc_4231[] = {
    {std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {std::string(20, '\xaa'), std::string(50, '\xdd'),
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19",
     std::string(50, '\xcd'), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
    {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {std::string(131, '\xaa'),
     "This is a test using a larger than block-size key and a larger than block-size data. The key needs to "
     "be "
     "hashed before being used by the HMAC algorithm.",
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
};

BOOST_AUTO_TEST_CASE(hmac_known_answers_again_and_again) {
  for (const hmac_case& c : rfc_4231) {
    hmac_sha256 mac(as_bytes(c.key));
    // The key stays set: the second and third use must not depend on the ones before.
    for (int use = 0; use < 3; ++use) BOOST_TEST(to_hex(mac({as_bytes(c.data)})) == c.mac);
    const std::string_view data = c.data;
    BOOST_TEST(to_hex(mac({as_bytes(data.substr(0, 3)), as_bytes(data.substr(3))})) == c.mac);
  }
}

BOOST_AUTO_TEST_CASE(messages_do_not_touch_each_other) {
  const hmac_case& c = rfc_4231[1];
  const hmac_sha256 mac(as_bytes(c.key));
  hmac_sha256::message abandoned(mac);
  abandoned.add(as_bytes("left behind"));
  hmac_sha256::message whole(mac);
  whole.add(as_bytes(c.data));
  BOOST_TEST(to_hex(mac({as_bytes(c.data)})) == c.mac);
  BOOST_TEST(to_hex(whole.finish()) == c.mac);
}

BOOST_AUTO_TEST_CASE(objects_move) {
  const hmac_case& c = rfc_4231[0];
  hmac_sha256 first(as_bytes(c.key));
  hmac_sha256 second(std::move(first));
  BOOST_TEST(to_hex(second({as_bytes(c.data)})) == c.mac);
  hmac_sha256 third(as_bytes("another key"));
  third = std::move(second);
  BOOST_TEST(to_hex(third({as_bytes(c.data)})) == c.mac);
}

BOOST_AUTO_TEST_CASE(an_empty_key_is_refused) {
  BOOST_CHECK_THROW(hmac_sha256(bytes_view{}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(constant_time_equality) {
  struct {
    std::string_view a, b;
    bool equal;
  } const cases[] = {{"", "", true},   {"a", "a", true},        {"a", "b", false},      {"ab", "a", false},
                     {"", "a", false}, {"abcd", "abce", false}, {"xbcd", "abcd", false}};
  for (const auto& c : cases) BOOST_TEST(equal_in_constant_time(as_bytes(c.a), as_bytes(c.b)) == c.equal);
}

BOOST_AUTO_TEST_SUITE_END()
