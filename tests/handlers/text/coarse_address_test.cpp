#include "handlers/text/coarse_address.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::handlers;

namespace {

boost::asio::ip::address address(const char* text) {
  return boost::asio::ip::make_address(text);
}

std::string coarse(const char* text) {
  std::string out{">"};
  append_coarse_address(out, address(text));
  return out;
}

std::string whole(const char* text) {
  std::string out{">"};
  append_address(out, address(text));
  return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_coarse_address)

BOOST_AUTO_TEST_CASE(a_patient_is_only_a_block) {
  const struct {
    const char* text;
    std::string_view expected;
  } cases[] = {
      {"203.0.113.77", ">203.0.113.0/24"},
      {"255.255.255.255", ">255.255.255.0/24"},
      {"0.0.0.0", ">0.0.0.0/24"},
      {"10.0.0.1", ">10.0.0.0/24"},
      {"2001:db8:1:2:3:4:5:6", ">2001:db8:1::/48"},
      {"2001:db8:1:ffff:ffff:ffff:ffff:ffff", ">2001:db8:1::/48"},
      {"::1", ">::/48"},
      {"fe80::1%1", ">fe80::/48"},
      {"::ffff:203.0.113.77", ">203.0.113.0/24"},
      {"::ffff:0:0", ">0.0.0.0/24"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) BOOST_TEST(coarse(c.text) == c.expected);
}

BOOST_AUTO_TEST_CASE(all_of_a_block_look_the_same) {
  const auto first = coarse("192.0.2.0");
  for (unsigned last = 1; last < 256; ++last)
    BOOST_TEST(coarse(("192.0.2." + std::to_string(last)).c_str()) == first);
  BOOST_TEST(coarse("192.0.3.0") != first);
}

BOOST_AUTO_TEST_CASE(staff_are_whole_addresses) {
  BOOST_TEST(whole("203.0.113.77") == ">203.0.113.77");
  BOOST_TEST(whole("255.255.255.255") == ">255.255.255.255");
  BOOST_TEST(whole("2001:DB8::6") == ">2001:db8::6");
  BOOST_TEST(whole("::ffff:203.0.113.77") == ">203.0.113.77");
  BOOST_TEST(whole("fe80::1%1") == ">fe80::1");
}

BOOST_AUTO_TEST_CASE(a_network_is_a_number) {
  const auto network = [](const char* text) { return coarse_network(address(text)); };
  BOOST_TEST(network("203.0.113.1") == network("203.0.113.254"));
  BOOST_TEST(network("203.0.113.1") == network("::ffff:203.0.113.9"));
  BOOST_TEST(network("203.0.113.1") != network("203.0.112.1"));
  BOOST_TEST(network("2001:db8:1::1") == network("2001:db8:1:ffff::2"));
  BOOST_TEST(network("2001:db8:1::1") != network("2001:db8:2::1"));
  BOOST_TEST(network("0.0.0.1") != network("::1"));
  BOOST_TEST(network("0.0.3.1") != network("::3:0:0:0:0:1"));
}

BOOST_AUTO_TEST_SUITE_END()
