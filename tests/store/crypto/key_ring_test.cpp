#include "store/crypto/key_ring.hpp"

#include "store/crypto/base64url.hpp"
#include "store/crypto/hex.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace invited::store;
using invited::test::counting_entropy;
using invited::test::key_of;

namespace {

std::string b64(std::uint8_t byte) {
  return base64url::encode(key_of(byte));
}
std::string seal_line(std::uint8_t byte) {
  return "seal " + b64(byte) + "\n";
}
std::string index_line(std::uint8_t byte) {
  return "index " + b64(byte) + "\n";
}

std::vector<std::string> problems_of(std::string_view text) {
  std::vector<std::string> problems;
  const auto ring = key_ring::parse(text, problems);
  BOOST_TEST((ring == nullptr) == !problems.empty());
  return problems;
}

} // namespace

BOOST_AUTO_TEST_SUITE(key_ring_suite)

BOOST_AUTO_TEST_CASE(a_whole_file) {
  const std::string text = "# made on Monday\n\n \t\n  seal\t" + b64(1) + "  # the new one\r\n" +
                           seal_line(2) + "\tindex   " + b64(3) + " \n# " + b64(9) + "\nseal " +
                           b64(4); // no newline at the end
  std::vector<std::string> problems;
  const auto ring = key_ring::parse(text, problems);
  BOOST_TEST_REQUIRE(ring != nullptr);
  BOOST_TEST(problems.empty());
  BOOST_TEST_REQUIRE(ring->seal_keys().size() == 3u);
  const std::uint8_t expected[] = {1, 2, 4};
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST((ring->seal_keys()[i].bytes == key_of(expected[i])));
    BOOST_TEST((ring->seal_keys()[i].id == id_of(key_of(expected[i]))));
  }
  BOOST_TEST((ring->index_key() == key_of(3)));
}

BOOST_AUTO_TEST_CASE(an_id_is_a_hash_of_the_key) {
  BOOST_TEST(to_hex(id_of(key_of(1))) != to_hex(id_of(key_of(2))));
  // Computed with another program: printf 'invited key id' | openssl dgst -sha256 -mac HMAC -macopt
  // hexkey:01…01
  BOOST_TEST(to_hex(id_of(key_of(1))) == "44a84f3f");
}

BOOST_AUTO_TEST_CASE(one_problem_each) {
  const std::string good = seal_line(1) + index_line(2);
  struct {
    const char* what;
    std::string text;
    std::string_view problem;
  } const cases[] = {
      {"no seal", index_line(1), "there is no line \"seal <key>\""},
      {"no index", seal_line(1), "there is no line \"index <key>\""},
      {"unknown word", good + "sael " + b64(3) + "\n", "line 3: a line starts with \"seal\" or \"index\""},
      {"upper case", good + "SEAL " + b64(3), "line 3: a line starts with"},
      {"a key without a word", good + b64(3), "line 3: a line starts with"},
      {"no key", good + "seal", "line 3: the key is not the base64url of 32 bytes"},
      {"comment for a key", good + "seal # " + b64(3), "line 3: the key is not"},
      {"31 bytes", good + "seal " + b64(3).substr(0, 42), "line 3: the key is not"},
      {"33 bytes", good + "seal " + b64(3) + "A", "line 3: the key is not"},
      {"padded", good + "seal " + b64(3) + "=", "line 3: the key is not"},
      {"unused bits", good + "seal " + std::string(42, 'A') + "B", "line 3: the key is not"},
      {"hex", good + "seal " + to_hex(key_of(3)), "line 3: the key is not"},
      {"plain base64", good + "seal " + std::string(42, '/') + "8", "line 3: the key is not"},
      {"two keys on a line", good + "seal " + b64(3) + " " + b64(4),
       "line 3: something stands behind the key"},
      {"second index", good + index_line(3), "line 3: a second \"index\" key"},
      {"the same seal twice", good + seal_line(1), "line 3: a key that stands in this file already"},
      {"index as seal", good + seal_line(2), "line 3: a key that stands in this file already"},
      {"seal as index", seal_line(1) + index_line(1), "line 2: a key that stands in this file already"},
      {"NUL", good + std::string("seal \0", 6) + b64(3), "line 3: the key is not"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.what) {
      const std::vector<std::string> problems = problems_of(c.text);
      BOOST_TEST_REQUIRE(problems.size() == 1u);
      BOOST_TEST(problems.front().starts_with(c.problem), problems.front());
    }
}

BOOST_AUTO_TEST_CASE(all_problems_at_once_and_nothing_of_the_file) {
  const std::string text =
      "secret-looking-text\nseal tooshort\nindex alsotooshort\nseal " + b64(1) + " trailing\n";
  const std::vector<std::string> problems = problems_of(text);
  BOOST_TEST_REQUIRE(problems.size() == 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    BOOST_TEST(problems[i].starts_with("line " + std::to_string(i + 1) + ": "), problems[i]);
    for (const std::string& quote :
         {std::string("secret-looking"), std::string("tooshort"), b64(1), std::string("trailing")})
      BOOST_TEST(problems[i].find(quote) == std::string::npos, problems[i]);
  }
  BOOST_TEST(problems_of("").size() == 2u);
}

BOOST_AUTO_TEST_CASE(earlier_problems_are_not_ours) {
  std::vector<std::string> problems{"another setting is wrong"};
  BOOST_TEST((key_ring::parse(seal_line(1) + index_line(2), problems) != nullptr));
  BOOST_TEST(problems.size() == 1u);
}

BOOST_AUTO_TEST_CASE(sixteen_keys_and_no_more) {
  std::string text = index_line(0xff);
  for (std::uint8_t i = 1; i <= 16; ++i) text += seal_line(i);
  BOOST_TEST(problems_of(text).empty());
  const auto problems = problems_of(text + seal_line(17));
  BOOST_TEST_REQUIRE(problems.size() == 1u);
  BOOST_TEST(problems.front() == "line 18: more than 16 \"seal\" keys");
}

// Found by search: keys 0x00007f35… and 0x0000cf21… have the same id.
BOOST_AUTO_TEST_CASE(two_keys_of_one_id_cannot_be_loaded) {
  bytes32 a{0x00, 0x00, 0x7f, 0x35};
  bytes32 b{0x00, 0x00, 0xcf, 0x21};
  BOOST_TEST_REQUIRE((id_of(a) == id_of(b)));
  const auto problems =
      problems_of("seal " + base64url::encode(a) + "\nseal " + base64url::encode(b) + "\n" + index_line(3));
  BOOST_TEST_REQUIRE(problems.size() == 1u);
  BOOST_TEST(problems.front() == "line 2: the key has the same id as an earlier one; make another");
}

BOOST_AUTO_TEST_CASE(new_lines_make_a_key_file) {
  counting_entropy random;
  const std::string seal = new_seal_line(random);
  const std::string index = new_index_line(random);
  BOOST_TEST(seal == "seal AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n");
  BOOST_TEST(index.starts_with("index ICEi"));
  BOOST_TEST(problems_of(seal + index).empty());
}

BOOST_AUTO_TEST_SUITE_END()
