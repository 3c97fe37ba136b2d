#include "handlers/text/charset.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {

BOOST_AUTO_TEST_SUITE(input_charset)

BOOST_AUTO_TEST_CASE(ranges_singles_and_dashes) {
  constexpr charset set("a-cX_-");
  for (const char c : {'a', 'b', 'c', 'X', '_', '-'}) BOOST_TEST(set.holds(c));
  for (const char c : {'d', '`', 'x', '\0', '\xFF', ' '}) BOOST_TEST(!set.holds(c));
  constexpr charset dash_first("-a");
  BOOST_TEST(dash_first.holds('-'));
  BOOST_TEST(dash_first.holds('a'));
  BOOST_TEST(!dash_first.holds('A'));
  BOOST_TEST(set.holds_all(""));
  BOOST_TEST(set.holds_all("abc-X"));
  BOOST_TEST(!set.holds_all("abcd"));
}

BOOST_AUTO_TEST_CASE(case_and_blanks) {
  BOOST_TEST(equals_ignoring_case("UTF-8", "utf-8"));
  BOOST_TEST(!equals_ignoring_case("UTF-8", "utf-80"));
  BOOST_TEST(!equals_ignoring_case("UTF@8", "utf`8"));
  BOOST_TEST(trim_blanks("") == "");
  BOOST_TEST(trim_blanks(" \t ") == "");
  BOOST_TEST(trim_blanks("\t a b \t") == "a b");
  BOOST_TEST(trim_blanks("\na\n") == "\na\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
