#include "handlers/text/typed.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace invited::handlers {

BOOST_AUTO_TEST_SUITE(text_typed)

BOOST_AUTO_TEST_CASE(characters_stand_for_ascii) {
  for (char32_t c = 0; c < 0x80; ++c) BOOST_TEST((typed_char(c) == c));
  for (char32_t c = U'!'; c <= U'~'; ++c) BOOST_TEST((typed_char(c - U'!' + 0xFF01) == c));
  BOOST_TEST((typed_char(U'\u0664') == U'4'));
  BOOST_TEST((typed_char(U'\U0001D7D6') == U'8'));
  for (const char32_t c : {U'\u00B2', U'\u00E4', U'\uFF5F', U'\uFFE5', U'\u4E00', U'\U0010FFFF'})
    BOOST_TEST((typed_char(c) == c));
}

BOOST_AUTO_TEST_CASE(trims_what_a_paste_leaves) {
  const struct {
    std::string_view text, trimmed;
  } cases[] = {
      {"", ""},
      {" \u200B\uFEFF\u2028", ""},
      {"a", "a"},
      {"\u200Ba\u200Bb\u200B", "a\u200Bb"},
      {"\uFEFF \u202A\u200Ea b\u202C\u00A0\n", "a b"},
      {"\u3000\u5C71\u3000", "\u5C71"},
      {"\u2764\uFE0F", "\u2764\uFE0F"},
      {"\u0915\u094D\u200D ", "\u0915\u094D\u200D"},
      {"\U0001F3F4\U000E0067\U000E007F", "\U0001F3F4\U000E0067\U000E007F"},
      {"\u3164", "\u3164"},
  };
  for (const auto& c : cases) BOOST_TEST(typed_trim(c.text) == c.trimmed, c.text);
}

BOOST_AUTO_TEST_CASE(ascii_that_a_text_stands_for) {
  const struct {
    std::string_view text, ascii;
  } cases[] = {
      {"", ""},
      {"1980-02-29", "1980-02-29"},
      {" 1980 \u2013 02\u200B", "1980-02"},
      {"١٩٨٠/٠٢", "1980/02"},
      {"１９８０．２", "1980.2"},
      {"1980年", ""},
  };
  for (const auto& c : cases) BOOST_TEST(typed_ascii(c.text) == c.ascii, c.text);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
