#include "store/base/unicode.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace invited::store;

BOOST_AUTO_TEST_SUITE(store_base_unicode)

BOOST_AUTO_TEST_CASE(decimal_digits_of_every_script) {
  for (const char32_t zero :
       {U'0', U'\u0660', U'\u06F0', U'\u07C0', U'\u0966', U'\u09E6', U'\u0E50', U'\u1040', U'\u17E0',
        U'\u1810', U'\uA620', U'\uFF10', U'\U000104A0', U'\U00011066', U'\U0001D7CE', U'\U0001D7D8',
        U'\U0001D7F6', U'\U0001E950', U'\U0001FBF0'}) {
    for (char32_t i = 0; i < 10; ++i) BOOST_TEST(decimal_value(zero + i) == static_cast<int>(i));
  }
  for (const char32_t c : {U'a', U'/', U':', U'\u00B2', U'\u00BD', U'\u2460', U'\u2163', U'\u4E00', U'\u066A',
                           U'\U0001F100', U'\U0010FFFF'})
    BOOST_TEST(decimal_value(c) == -1);
}

BOOST_AUTO_TEST_CASE(case_and_composition_do_not_count) {
  const struct {
    std::string_view text, folded;
  } cases[] = {
      {"", ""},
      {"Ab1", "ab1"},
      {"ÑANDÚ", "ñandú"},
      {"N\u0303", "ñ"},
      {"ẞ", "ss"},
      {"ΌΣΟΣ", "όσοσ"},
      {"\u1F80", "\u1F00\u03B9"}, // an iota below becomes one beside
      {"e\u0302\u0323", "ệ"},     // marks in the wrong order
      {"İ", "i\u0307"},
      {"ı", "ı"}, // has no dot, in any language
      {"\U00010400", "\U00010428"},
      {"ａ", "ａ"}, // NFC keeps what only looks alike
  };
  for (const auto& c : cases) {
    BOOST_TEST(folded(c.text) == c.folded, c.text);
    BOOST_TEST(folded(c.folded) == c.folded, "once more: " << c.text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
