#include "store/base/ascii.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace invited::store;

BOOST_AUTO_TEST_SUITE(store_base_ascii)

BOOST_AUTO_TEST_CASE(only_letters_change) {
  constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz", large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const auto in_small = small.find(c), in_large = large.find(c);
    BOOST_TEST(ascii_lower(c) == (in_large == large.npos ? c : small[in_large]));
    BOOST_TEST(ascii_upper(c) == (in_small == small.npos ? c : large[in_small]));
  }
  BOOST_TEST(ascii_lower("A-Z[\xc3\x84]") == "a-z[\xc3\x84]");
  BOOST_TEST(ascii_lower("").empty());
}

BOOST_AUTO_TEST_CASE(texts_of_the_same_letters) {
  BOOST_TEST(equal_ignoring_case("", ""));
  BOOST_TEST(equal_ignoring_case("aB", "Ab"));
  for (const std::string_view other : {"", "a", "abc", "a\"", "A\x42\x01", "@B"})
    BOOST_TEST_CONTEXT(other) BOOST_TEST(!equal_ignoring_case("ab", other));
  BOOST_TEST(!equal_ignoring_case("@[`{", "`{@["));
}

BOOST_AUTO_TEST_SUITE_END()
