#include "store/base/ip_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::store;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(store_ip_text)

BOOST_AUTO_TEST_CASE(an_address_is_read_in_each_of_its_spellings) {
  const struct {
    std::string_view text, canonical;
  } cases[] = {
      {"0.0.0.0", "0.0.0.0"},
      {"203.0.113.255", "203.0.113.255"},
      {"::", "::"},
      {"2001:DB8:0:0:0:0:0:7", "2001:db8::7"},
      {"::ffff:203.0.113.7", "::ffff:203.0.113.7"},
      {"0000:0000:0000:0000:0000:ffff:203.113.113.113", "::ffff:203.113.113.113"}, // no text is longer
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const auto address = ip_address_of(c.text);
      BOOST_TEST_REQUIRE(address.has_value());
      BOOST_TEST(address->to_string() == c.canonical);
    }
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_address) {
  const std::string_view cases[] = {"",
                                    " ",
                                    "1.2.3",
                                    "1.2.3.4.5",
                                    "1.2.3.256",
                                    "01.2.3.4",
                                    "1.2.3.4 ",
                                    " 1.2.3.4",
                                    "0x1.2.3.4",
                                    "1.2.3.4/32",
                                    "1.2.3.4:80",
                                    "[::1]",
                                    ":::",
                                    "1::2::3",
                                    "12345::",
                                    "::1%",
                                    "::1%lo",
                                    "fe80::1%eth0",
                                    "localhost",
                                    "::g",
                                    "1:2:3:4:5:6:7",
                                    "1.2.3.4\0"sv,
                                    "\0"
                                    "1.2.3.4"sv,
                                    "::1\0junk"sv,
                                    "1.2.3.4\0.5"sv,
                                    "::1%lo\0"sv};
  for (const auto text : cases) BOOST_TEST_CONTEXT(text) BOOST_TEST(!ip_address_of(text).has_value());
  for (const std::size_t size : {46U, 63U, 64U, 65U, 4096U})
    BOOST_TEST(!ip_address_of(std::string(size, '1')));
}

BOOST_AUTO_TEST_CASE(a_zone_is_read_only_where_it_may_be) {
  BOOST_TEST(zoned_ip_address_of("fe80::1%lo").has_value());
  BOOST_TEST(zoned_ip_address_of("::1")->to_string() == "::1");
  BOOST_TEST(!zoned_ip_address_of("1.2.3.4%lo"));
  BOOST_TEST(!zoned_ip_address_of("fe80::1%lo\0junk"sv));
  BOOST_TEST(!zoned_ip_address_of("fe80::1%" + std::string(56, 'x')));
}

BOOST_AUTO_TEST_SUITE_END()
