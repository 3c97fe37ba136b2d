#include "store/base/script_number.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using invited::store::script_number;
using invited::store::script_numbers;

BOOST_AUTO_TEST_SUITE(store_script_number)

BOOST_AUTO_TEST_CASE(a_number_is_its_shortest_text) {
  BOOST_TEST(std::string_view(script_number(std::int64_t{0})) == "0");
  BOOST_TEST(std::string_view(script_number(std::numeric_limits<std::int64_t>::min())) ==
             "-9223372036854775808");
  BOOST_TEST(std::string_view(script_number(0.001)) == "0.001");
}

BOOST_AUTO_TEST_CASE(packed_numbers_are_big_endian_doubles) {
  const struct {
    double number;
    std::string_view packed;
  } cases[] = {{0, {"\0\0\0\0\0\0\0\0", 8}},
               {1, {"\x3f\xf0\0\0\0\0\0\0", 8}},
               {-2.5, {"\xc0\x04\0\0\0\0\0\0", 8}},
               {9007199254740991, {"\x43\x3f\xff\xff\xff\xff\xff\xff", 8}},
               {std::numeric_limits<double>::infinity(), {"\x7f\xf0\0\0\0\0\0\0", 8}}};
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT("number " << c.number) {
      const script_numbers<1> one(c.number);
      BOOST_TEST((std::string_view(one) == c.packed));
      const script_numbers<2> two(std::int64_t{1}, c.number);
      BOOST_TEST((std::string_view(two) == std::string(cases[1].packed).append(c.packed)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
