#include "handlers/auth/own_origin.hpp"

#include <boost/test/unit_test.hpp>

using invited::handlers::is_own_origin;

namespace {

struct origin_case {
  std::string_view origin, host, base_url;
};

} // namespace

BOOST_AUTO_TEST_SUITE(own_origin)

BOOST_AUTO_TEST_CASE(the_servers_own) {
  const origin_case cases[] = {
      {"http://localhost:4321", "localhost:4321", "http://known.example"},
      {"http://LocalHost:4321", "lOCALHOST:4321", "http://known.example"},
      {"https://portal.example.org", "portal.example.org", "https://known.example"},
      {"https://portal.example.org", "portal.example.org:443", "https://known.example"},
      {"https://portal.example.org:443", "portal.example.org", "https://known.example"},
      {"http://portal.example.org", "portal.example.org:80", "http://known.example"},
      {"http://portal.example.org", "portal.example.org:", "http://known.example"},
      {"http://[::1]:4321", "[::1]:4321", "http://known.example"},
      {"http://[::1]", "[::1]:80", "http://known.example"},
  };
  for (const origin_case& c : cases) BOOST_TEST(is_own_origin(c.origin, c.host, c.base_url), c.origin);
}

BOOST_AUTO_TEST_CASE(the_address_that_people_know_whatever_host_a_proxy_sends) {
  for (const std::string_view host : {"inner:4321", "127.0.0.1", ""}) {
    const origin_case cases[] = {
        {"https://h.example", host, "https://h.example"},
        {"https://h.example", host, "https://h.example/clinic"},
        {"https://H.example:443", host, "https://h.example"},
        {"https://h.example", host, "https://h.example:443"},
        {"http://h.example:8080", host, "http://h.example:8080/a/b"},
        {"http://[::1]", host, "http://[::1]:80"},
    };
    for (const origin_case& c : cases) BOOST_TEST(is_own_origin(c.origin, c.host, c.base_url), c.origin);
    const origin_case others[] = {
        {"http://h.example", host, "https://h.example"},
        {"https://h.example", host, "http://h.example"},
        {"https://h.example:444", host, "https://h.example"},
        {"https://h.example.evil", host, "https://h.example"},
        {"https://evil.example", host, "https://h.example/evil.example"},
        {"https://h.example/clinic", host, "https://h.example/clinic"},
        {"https://", host, "https://h.example"},
        {"null", host, "https://h.example"},
        {"", host, "https://h.example"},
    };
    for (const origin_case& c : others) BOOST_TEST(!is_own_origin(c.origin, c.host, c.base_url), c.origin);
  }
}

BOOST_AUTO_TEST_CASE(anybody_else) {
  const origin_case cases[] = {
      {"", "localhost", "http://known.example"},
      {"null", "localhost", "http://known.example"},
      {"null", "null", "http://known.example"},
      {"http://", "", "http://known.example"},
      {"http://localhost", "", "http://known.example"},
      {"http://evil.example", "localhost", "http://known.example"},
      {"http://localhost.evil.example", "localhost", "http://known.example"},
      {"http://evil.example/localhost", "localhost", "http://known.example"},
      {"http://localhost@evil.example", "localhost", "http://known.example"},
      {"http://localhost:4322", "localhost:4321", "http://known.example"},
      {"http://localhost", "localhost:4321", "http://known.example"},
      {"http://localhost:80", "localhost:443", "http://known.example"},
      {"https://localhost:80", "localhost:443", "https://known.example"},
      {"https://localhost", "localhost", "http://known.example"},
      {"http://localhost", "localhost", "https://known.example"},
      {"HTTP://localhost", "localhost",
       "http://known.example"}, // browsers serialise it in lower case (RFC 6454 §6.2)
      {"https://portal.example.org:80", "portal.example.org", "https://known.example"},
      {"http://localhost http://localhost", "localhost", "http://known.example"},
      {"http://localhost, http://localhost", "localhost", "http://known.example"},
      {"http://localhost/", "localhost", "http://known.example"},
      {"httplocalhost", "localhost", "http://known.example"},
      {"http:localhost", "localhost", "http://known.example"},
  };
  for (const origin_case& c : cases) BOOST_TEST(!is_own_origin(c.origin, c.host, c.base_url), c.origin);
}

BOOST_AUTO_TEST_SUITE_END()
