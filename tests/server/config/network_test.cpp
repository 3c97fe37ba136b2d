#include "server/config/network.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::server;

BOOST_AUTO_TEST_SUITE(config_network)

BOOST_AUTO_TEST_CASE(host_and_port) {
  const struct {
    std::string_view text, host;
    std::uint16_t port;
  } cases[] = {
      {"127.0.0.1:4321", "127.0.0.1", 4321},
      {"0.0.0.0:0", "0.0.0.0", 0},
      {"[::1]:80", "::1", 80},
      {"[::]:65535", "::", 65535},
      {"[2001:DB8:0:0::1]:1", "2001:db8::1", 1},
      {"localhost:8080", "localhost", 8080},
      {"my_redis-1.internal:6379", "my_redis-1.internal", 6379},
      {"1a.example:7", "1a.example", 7},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const auto at = parse_listen(c.text);
      BOOST_TEST_REQUIRE(at.has_value());
      BOOST_TEST(at->host == c.host);
      BOOST_TEST(at->port == c.port);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_host_and_port_is_refused) {
  const std::string_view cases[] = {
      "",
      ":",
      ":80",
      "host",
      "host:",
      "host:65536",
      "host:-1",
      "host:+1",
      "host:x",
      "host:8 ",
      "host:80x",
      "::1:80",
      "[::1]",
      "[::1]80",
      "[::1]:",
      "[::1",
      "[]:80",
      "[x]:80",
      "[fe80::1%eth0]:80",
      "1.2.3:80",
      "1.2.3.256:80",
      "1.2.3.4.5:80",
      "a..b:1",
      ".a:1",
      "a.:1",
      "-a:1",
      "a-:1",
      "a b:1",
      "a/b:1",
      "user@host:1",
      "h\xc3\xb6st:1",
      "host:99999999999999999999",
      "*:80",
  };
  for (const auto text : cases) BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_listen(text));
  BOOST_TEST(!parse_listen(std::string_view("[::1\0junk]:80", 14)));
  BOOST_TEST(!parse_listen(std::string_view("127.0.0.1\0:80", 13)));
  BOOST_TEST(!parse_listen(std::string(64, 'a') + ":1"));
  BOOST_TEST(parse_listen(std::string(63, 'a') + ":1").has_value());
  std::string long_name;
  while (long_name.size() <= 253) long_name += "abcdefghi.";
  BOOST_TEST(!parse_listen(long_name + "a:1"));
}

BOOST_AUTO_TEST_CASE(messages_say_why) {
  BOOST_TEST(parse_listen("host").error().text() == "'host' is not host:port (no port)");
  BOOST_TEST(parse_listen("::1").error().text() == "'::1' is not host:port (an IPv6 address needs brackets)");
  BOOST_TEST(parse_listen("h:x").error().text() == "'h:x' is not host:port (a port is a number up to 65535)");
}

BOOST_AUTO_TEST_CASE(a_missing_port_may_have_a_default) {
  BOOST_TEST(parse_host_port("host", 443).value().port == 443);
  BOOST_TEST(parse_host_port("[::1]", 443).value().port == 443);
  BOOST_TEST(parse_host_port("host:1", 443).value().port == 1);
  BOOST_TEST(!parse_host_port("host:", 443));
}

BOOST_AUTO_TEST_CASE(off_is_nowhere) {
  BOOST_TEST(!parse_listen_or_off("off").value().has_value());
  BOOST_TEST(parse_listen_or_off("[::1]:1").value().value().host == "::1");
  BOOST_TEST(!parse_listen_or_off("OFF"));
  BOOST_TEST(!parse_listen_or_off(""));
}

BOOST_AUTO_TEST_CASE(an_endpoint_is_written_as_it_is_read) {
  for (const std::string text : {"127.0.0.1:1", "[::1]:2", "host:3"})
    BOOST_TEST(to_string(parse_listen(text).value()) == text);
}

BOOST_AUTO_TEST_CASE(networks) {
  const auto address = [](const char* text) { return boost::asio::ip::make_address(text); };
  const auto block = parse_network("10.0.0.0/8");
  BOOST_TEST_REQUIRE(block.has_value());
  BOOST_TEST(block->contains(address("10.255.0.1")));
  BOOST_TEST(block->contains(address("::ffff:10.255.0.1")));
  BOOST_TEST(!block->contains(address("11.0.0.0")));
  BOOST_TEST(parse_network("192.0.2.7").value().contains(address("192.0.2.7")));
  BOOST_TEST(!parse_network("192.0.2.7").value().contains(address("192.0.2.6")));
  BOOST_TEST(parse_network("2001:db8::/32").value().contains(address("2001:db8:ffff::1")));
  for (const std::string_view text :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "::/129", "10.0.0/8",
        "10.0.0.0/4294967304", "fe80::1%eth0/64", "proxy.example", "10.0.0.0/255.0.0.0"})
    BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_network(text));
}

BOOST_AUTO_TEST_SUITE_END()
