#include "server/http/client_address.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace invited::server {
namespace {

using boost::asio::ip::make_address;

} // namespace

BOOST_AUTO_TEST_SUITE(client_addresses)

BOOST_AUTO_TEST_CASE(networks) {
  struct row {
    std::string_view text, address;
    bool inside;
  };
  for (const auto& r : std::vector<row>{{"10.0.0.0/8", "10.255.1.2", true},
                                        {"10.0.0.0/8", "11.0.0.0", false},
                                        {"10.0.0.0/8", "::ffff:10.1.1.1", true},
                                        {"192.0.2.4/30", "192.0.2.7", true},
                                        {"192.0.2.4/30", "192.0.2.8", false},
                                        {"192.0.2.4", "192.0.2.4", true},
                                        {"192.0.2.4", "192.0.2.5", false},
                                        {"0.0.0.0/0", "203.0.113.1", true},
                                        {"0.0.0.0/0", "2001:db8::1", false},
                                        {"::/0", "2001:db8::1", true},
                                        {"::/0", "10.0.0.1", true}, // as ::ffff:10.0.0.1
                                        {"2001:db8::/33", "2001:db8:7fff::1", true},
                                        {"2001:db8::/33", "2001:db8:8000::1", false},
                                        {"::1", "::1", true}}) {
    BOOST_TEST_CONTEXT(r.text << " and " << r.address) {
      const auto n = network::parse(r.text);
      BOOST_TEST_REQUIRE(n.has_value());
      BOOST_TEST(n->contains(make_address(r.address.data())) == r.inside);
    }
  }
  for (const std::string_view bad :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.1/8", "10.0.0/8",
        "::/129", "2001:db8::1/32", "localhost", "fe80::1%eth0", "10.0.0.0/ 8", "10.0.0.0/8/8",
        "1234567890123456789012345678901234567890123456789"})
    BOOST_TEST_CONTEXT(bad) BOOST_TEST(!network::parse(bad).has_value());
}

BOOST_AUTO_TEST_CASE(walks) {
  const std::vector<network> proxies{*network::parse("10.0.0.0/8"), *network::parse("2001:db8::/32")};
  struct row {
    std::string_view peer, forwarded, client;
  };
  for (const auto& r : std::vector<row>{
           {"203.0.113.1", "", "203.0.113.1"},
           {"203.0.113.1", "198.51.100.1", "203.0.113.1"}, // not one of our proxies, so its field is ignored
           {"10.0.0.1", "", "10.0.0.1"},
           {"10.0.0.1", "198.51.100.1", "198.51.100.1"},
           {"::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"},
           {"10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"},
           {"10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"}, // the client made up the left one
           {"10.0.0.1", "1.1.1.1, 198.51.100.1, 10.2.3.4", "198.51.100.1"},
           {"10.0.0.1", "1.1.1.1,198.51.100.1\t,2001:db8::7 , 10.2.3.4", "198.51.100.1"},
           {"10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"},
           {"10.0.0.1", "198.51.100.1:5000", "198.51.100.1"},
           {"10.0.0.1", "[2001:db9::1]:5000", "2001:db9::1"},
           {"10.0.0.1", "[2001:db9::1]", "2001:db9::1"},
           {"10.0.0.1", "2001:db9::1", "2001:db9::1"},
           {"10.0.0.1", "garbage", "10.0.0.1"},
           {"10.0.0.1", "198.51.100.1, garbage, 10.0.0.2", "10.0.0.2"},
           {"10.0.0.1", "198.51.100.1, , 10.0.0.2", "10.0.0.2"},
           {"10.0.0.1", "198.51.100.1,", "10.0.0.1"},
           {"10.0.0.1", ",", "10.0.0.1"},
           {"10.0.0.1", "unknown", "10.0.0.1"},
           {"10.0.0.1", "[::1", "10.0.0.1"},
           {"10.0.0.1", "[::1]x", "10.0.0.1"},
           {"10.0.0.1", "[1.2.3.4]", "10.0.0.1"},
           {"10.0.0.1", "198.51.100.1:x", "10.0.0.1"},
           {"10.0.0.1", "fe80::1%eth0", "10.0.0.1"},
           {"10.0.0.1", "999.1.1.1", "10.0.0.1"},
           {"10.0.0.1", "0000000000000000000000000000000000000000000000000000000:1", "10.0.0.1"},
       }) {
    BOOST_TEST_CONTEXT(r.peer << " says " << r.forwarded)
    BOOST_TEST(client_address(make_address(r.peer.data()), r.forwarded, proxies).to_string() == r.client);
  }
}

BOOST_AUTO_TEST_CASE(without_proxies_the_field_is_ignored) {
  BOOST_TEST(client_address(make_address("10.0.0.1"), "1.1.1.1", {}).to_string() == "10.0.0.1");
  BOOST_TEST(client_address(make_address("::ffff:10.0.0.1"), "1.1.1.1", {}).to_string() == "10.0.0.1");
}

BOOST_AUTO_TEST_CASE(a_proxy_that_nobody_named) {
  const std::vector<network> proxies{*network::parse("10.1.0.0/16"), *network::parse("203.0.113.7")};
  for (const char* const peer : {"127.0.0.1", "10.2.0.1", "::ffff:10.2.0.1", "172.16.0.1", "172.31.255.255",
                                 "192.168.1.1", "100.64.0.1", "169.254.1.1", "::1", "fd00::1", "fe80::1"})
    BOOST_TEST(is_proxy_unnamed(make_address(peer), proxies), peer);
  for (const char* const peer : {"10.1.0.1", "::ffff:10.1.2.3", "203.0.113.7", "198.51.100.1", "172.32.0.1",
                                 "100.128.0.1", "11.0.0.1", "2001:db8::1", "::2"})
    BOOST_TEST(!is_proxy_unnamed(make_address(peer), proxies), peer);
}

BOOST_AUTO_TEST_CASE(nothing_hides_behind_a_nul) {
  BOOST_TEST(!network::parse(std::string_view("::1\0junk", 8)));
  BOOST_TEST(!network::parse(std::string_view("10.0.0.1\0junk/32", 16)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
