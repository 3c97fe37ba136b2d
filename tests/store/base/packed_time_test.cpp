#include "store/base/packed_time.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using invited::store::packed_time;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(store_base_packed_time)

BOOST_AUTO_TEST_CASE(six_bytes_from_any_place_the_first_one_highest) {
  constexpr std::string_view value = "\xff\x01\x02\x03\x04\x05\x06\xff"sv;
  BOOST_TEST(packed_time(value, 1) == 0x010203040506);
  BOOST_TEST(packed_time(value, 0) == 0xff0102030405);
  BOOST_TEST(packed_time(value, 2) == 0x0203040506ff);
}

BOOST_AUTO_TEST_CASE(its_ends_and_no_sign) {
  BOOST_TEST(packed_time("\0\0\0\0\0\0"sv, 0) == 0);
  BOOST_TEST(packed_time("\xff\xff\xff\xff\xff\xff"sv, 0) == 0xffffffffffff);
  BOOST_TEST(packed_time("\x80\0\0\0\0\0"sv, 0) == 0x800000000000);
  BOOST_TEST(packed_time("\0\0\xff\xff\xff\xff"sv, 0) == 0xffffffff);
}

BOOST_AUTO_TEST_SUITE_END()
