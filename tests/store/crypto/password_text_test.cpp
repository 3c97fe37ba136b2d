#include "store/crypto/password_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace invited::store;

BOOST_AUTO_TEST_SUITE(store_password_text)

BOOST_AUTO_TEST_CASE(a_password_is_the_same_from_every_keyboard) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Aa 9~!", "Aa 9~!"},
      {"caf\xC3\xA9", "caf\xC3\xA9"},
      {"cafe\xCC\x81", "caf\xC3\xA9"},                          // e and a combining acute
      {"\xE2\x84\xAB", "\xC3\x85"},                             // the angstrom sign
      {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C"}, // Hangul in single letters
      {"a\xCC\xA7\xCC\x81", "\xC3\xA1\xCC\xA7"},                // marks in canonical order
      {"a\xC2\xA0"
       "b\xE3\x80\x80"
       "c\xE2\x80\x83"
       "d",
       "a b c d"},                                                      // RFC 8265 §4.2.1: other spaces
      {" two  spaces ", " two  spaces "},                               // unchanged
      {"\xEF\xBC\xA1\xEF\xAC\x81", "\xEF\xBC\xA1\xEF\xAC\x81"},         // no mapping of width, no NFKC
      {"\xF0\x9F\xA9\xBA\xE2\x80\x8D", "\xF0\x9F\xA9\xBA\xE2\x80\x8D"}, // an emoji and a joiner
      {"\xF0\x9F\xBF\xBE", "\xF0\x9F\xBF\xBE"},                         // an unassigned code point
  };
  for (const auto& [typed, normal] : cases) {
    const auto is = normal_password(typed);
    BOOST_REQUIRE_MESSAGE(is.has_value(), typed);
    BOOST_TEST(*is == normal, typed);
    BOOST_TEST(normal_password(*is).value() == *is, "not once more: " << typed);
  }
}

BOOST_AUTO_TEST_CASE(what_has_no_normal_form) {
  using namespace std::string_view_literals;
  for (const std::string_view none : {""sv, "a\tb"sv, "a\0b"sv, "a\x7F"sv, "\xC2\x85 a line end"sv, "\xC3"sv,
                                      "\xC3\xA9\xFF"sv, "\xC0\x80"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv})
    BOOST_TEST(!normal_password(none).has_value());
}

BOOST_AUTO_TEST_CASE(the_longest_normal_form) {
  // Musical notes that decompose into three code points each. Nothing in Unicode grows more.
  std::string notes;
  for (int i = 0; i < 256; ++i) notes += "\xF0\x9D\x85\xA0";
  BOOST_TEST(normal_password(notes)->size() == 3 * notes.size());
  std::string marks = "e";
  for (int i = 0; i < 511; ++i) marks += i % 2 == 0 ? "\xCC\xA3" : "\xCC\x81"; // to be reordered
  BOOST_TEST(normal_password(marks)->size() <= marks.size());
}

BOOST_AUTO_TEST_CASE(without_case_for_comparing) {
  BOOST_TEST(folded_password("PassWord 1!") == "password 1!");
  BOOST_TEST(folded_password("\xC3\x89T\xC3\x89") == "\xC3\xA9t\xC3\xA9");
  BOOST_TEST(folded_password("\xEF\xBC\xB0\xEF\xBC\xA1ss") == "pass"); // full width
  BOOST_TEST(folded_password("Stra\xC3\x9F"
                             "e") == "strasse");
  BOOST_TEST(folded_password("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
