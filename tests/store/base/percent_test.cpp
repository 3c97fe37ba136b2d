#include "store/base/percent.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using invited::store::percent_decode;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(store_base_percent)

BOOST_AUTO_TEST_CASE(what_is_escaped_is_read_as_it_was_meant) {
  BOOST_TEST(percent_decode("clinic-1").value() == "clinic-1");
  BOOST_TEST(percent_decode("urn%3Aclinic%3a1").value() == "urn:clinic:1");
  BOOST_TEST(percent_decode("%2F").value() == "/");
  BOOST_TEST(percent_decode("").value().empty());
  BOOST_TEST(percent_decode("a+b").value() == "a+b"); // this is not a form
  BOOST_TEST(percent_decode("%2541").value() == "%41");
  BOOST_TEST(percent_decode("%00x").value() == "\0x"sv);
  BOOST_TEST(percent_decode("%fF\xff").value() == "\xff\xff");
}

BOOST_AUTO_TEST_CASE(every_pair_after_a_percent_sign) {
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  for (int high = 0; high < 256; ++high)
    for (int low = 0; low < 256; ++low) {
      const std::string pair = {static_cast<char>(high), static_cast<char>(low)};
      const bool good = pair.find_first_not_of(digits) == pair.npos;
      if (percent_decode("%" + pair).has_value() != good) BOOST_ERROR(high << ' ' << low);
      if (percent_decode("ab%" + pair + "c").has_value() != good) BOOST_ERROR(high << ' ' << low);
    }
}

BOOST_AUTO_TEST_CASE(what_is_cut_off_is_refused) {
  for (const char* wrong : {"%", "%3", "%3g", "a%", "aa%", "%%", "%-1", "% 1", "%0x", "%41%", "%41%4"})
    BOOST_TEST_CONTEXT(wrong) BOOST_TEST(!percent_decode(wrong));
}

BOOST_AUTO_TEST_SUITE_END()
