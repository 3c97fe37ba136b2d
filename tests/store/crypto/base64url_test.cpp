#include "store/crypto/base64url.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace invited::store;

BOOST_AUTO_TEST_SUITE(base64url_suite)

BOOST_AUTO_TEST_CASE(known_texts_both_ways) {
  struct {
    std::string_view plain, text;
  } const cases[] = {
      // RFC 4648 §10, without padding
      {"", ""},
      {"f", "Zg"},
      {"fo", "Zm8"},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg"},
      {"fooba", "Zm9vYmE"},
      {"foobar", "Zm9vYmFy"},
      // the two digits in which it differs from base64
      {"\xfb\xff", "-_8"},
      {"\xff\xff\xff", "____"},
      // RFC 7515 appendix C
      {"\x03\xec\xff\xe0\xc1", "A-z_4ME"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      BOOST_TEST(base64url::encode(as_bytes(c.plain)) == c.text);
      std::string out = "was here";
      BOOST_TEST(base64url::decode(c.text, out));
      BOOST_TEST(out == c.plain);
    }
}

BOOST_AUTO_TEST_CASE(every_length_and_byte_comes_back) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    std::string out;
    const std::string text = base64url::encode(as_bytes(bytes));
    BOOST_TEST(text.size() == (bytes.size() * 8 + 5) / 6);
    BOOST_TEST_REQUIRE(base64url::decode(text, out));
    BOOST_TEST(out == bytes);
    bytes += static_cast<char>(i * 7);
  }
}

BOOST_AUTO_TEST_CASE(only_the_canonical_text_decodes) {
  struct {
    const char* what;
    std::string_view text;
  } const cases[] = {
      {"padding", "Zg=="},          {"padding", "Zm8="},      {"padding alone", "===="},
      {"one digit", "A"},           {"five digits", "Zm9vA"}, {"other alphabet", "+/8A"},
      {"space", "Zm 9v"},           {"line end", "Zm9v\n"},   {"leading blank", " Zm9v"},
      {"unused bits of two", "Zh"}, {"unused bits", "Zv"},    {"unused bits of three", "Zm9"},
      {"not ASCII", "Zm\xc3\xa9"},  {"dot", "Zm.v"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.what << ": " << c.text) {
      std::string out;
      BOOST_TEST(!base64url::decode(c.text, out));
    }
  std::string out;
  BOOST_TEST(!base64url::decode(std::string_view("Zm\0v", 4), out));
}

// Of the 64 last digits that a one-byte text may have, 4 are canonical; of the 64 of a two-byte text, 16.
BOOST_AUTO_TEST_CASE(no_byte_string_has_two_texts) {
  int one_byte = 0;
  int two_bytes = 0;
  std::string out;
  for (int c = 0; c < 256; ++c) {
    const std::string last(1, static_cast<char>(c));
    one_byte += base64url::decode("Z" + last, out);
    two_bytes += base64url::decode("Zm" + last, out);
  }
  BOOST_TEST(one_byte == 4);
  BOOST_TEST(two_bytes == 16);
}

BOOST_AUTO_TEST_CASE(decode_into_takes_one_length_only) {
  std::array<std::uint8_t, 3> out{};
  BOOST_TEST(base64url::decode_into("Zm9v", out));
  BOOST_TEST(as_text(out) == "foo");
  for (const std::string_view text : {"", "Zm8", "Zm9vYg", "Zm9", "Zm9=", "Zm9vYmFy"})
    BOOST_TEST(!base64url::decode_into(text, out), text);
  BOOST_TEST(base64url::decode_into("", std::span<std::uint8_t>{}));
}

BOOST_AUTO_TEST_CASE(append_appends) {
  std::string out = "a.";
  base64url::append(out, as_bytes("foob"));
  BOOST_TEST(out == "a.Zm9vYg");
}

BOOST_AUTO_TEST_SUITE_END()
