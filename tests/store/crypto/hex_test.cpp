#include "store/crypto/hex.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <string_view>

using namespace invited::store;

BOOST_AUTO_TEST_SUITE(hex_suite)

BOOST_AUTO_TEST_CASE(every_byte_both_ways) {
  for (int i = 0; i < 256; ++i) {
    const std::array<std::uint8_t, 1> byte{static_cast<std::uint8_t>(i)};
    const std::string text = to_hex(byte);
    std::array<std::uint8_t, 1> back{};
    BOOST_TEST(text.size() == 2u);
    BOOST_TEST(from_hex(text, back));
    BOOST_TEST(back == byte, boost::test_tools::per_element());
  }
  std::string out = "inv_";
  append_hex(out, as_bytes("\x0f\xa0\xff"));
  BOOST_TEST(out == "inv_0fa0ff");
}

BOOST_AUTO_TEST_CASE(either_case_is_read) {
  std::array<std::uint8_t, 3> out{};
  BOOST_TEST(from_hex("AbCdEf", out));
  BOOST_TEST(as_text(out) == "\xab\xcd\xef");
}

BOOST_AUTO_TEST_CASE(anything_else_is_not) {
  std::array<std::uint8_t, 2> out{};
  for (const std::string_view text :
       {"", "0", "012", "01234", "012345", "01 3", "0x12", "012g", "g012", "-123", " 123"})
    BOOST_TEST(!from_hex(text, out), text);
  BOOST_TEST(!from_hex(std::string_view("01\0002", 4), out));
  int digits = 0;
  for (int c = 0; c < 256; ++c) digits += from_hex("000" + std::string(1, static_cast<char>(c)), out);
  BOOST_TEST(digits == 22);
}

BOOST_AUTO_TEST_CASE(what_a_digit_is_worth) {
  for (int c = 0; c < 256; ++c) {
    const char digit = static_cast<char>(c);
    const char small = digit >= 'A' && digit <= 'F' ? static_cast<char>(digit + 32) : digit;
    const std::size_t at = hex_digits.find(small);
    BOOST_TEST(hex_value(digit) == (at == hex_digits.npos ? 0xffu : at));
  }
}

BOOST_AUTO_TEST_SUITE_END()
