#include "handlers/auth/own_origin.hpp"

#include <boost/test/unit_test.hpp>

using invited::handlers::is_own_origin;

namespace {

struct origin_case {
  std::string_view origin, host, scheme;
};

} // namespace

BOOST_AUTO_TEST_SUITE(own_origin)

BOOST_AUTO_TEST_CASE(the_servers_own) {
  const origin_case cases[] = {
      {"http://localhost:4321", "localhost:4321", "http"},
      {"http://LocalHost:4321", "lOCALHOST:4321", "http"},
      {"https://portal.example.org", "portal.example.org", "https"},
      {"https://portal.example.org", "portal.example.org:443", "https"},
      {"https://portal.example.org:443", "portal.example.org", "https"},
      {"http://portal.example.org", "portal.example.org:80", "http"},
      {"http://portal.example.org", "portal.example.org:", "http"},
      {"http://[::1]:4321", "[::1]:4321", "http"},
      {"http://[::1]", "[::1]:80", "http"},
  };
  for (const origin_case& c : cases) BOOST_TEST(is_own_origin(c.origin, c.host, c.scheme), c.origin);
}

BOOST_AUTO_TEST_CASE(anybody_else) {
  const origin_case cases[] = {
      {"", "localhost", "http"},
      {"null", "localhost", "http"},
      {"null", "null", "http"},
      {"http://", "", "http"},
      {"http://localhost", "", "http"},
      {"http://evil.example", "localhost", "http"},
      {"http://localhost.evil.example", "localhost", "http"},
      {"http://evil.example/localhost", "localhost", "http"},
      {"http://localhost@evil.example", "localhost", "http"},
      {"http://localhost:4322", "localhost:4321", "http"},
      {"http://localhost", "localhost:4321", "http"},
      {"http://localhost:80", "localhost:443", "http"},
      {"https://localhost:80", "localhost:443", "https"},
      {"https://localhost", "localhost", "http"},
      {"http://localhost", "localhost", "https"},
      {"HTTP://localhost", "localhost", "http"}, // browsers serialise it in lower case (RFC 6454 §6.2)
      {"https://portal.example.org:80", "portal.example.org", "https"},
      {"http://localhost http://localhost", "localhost", "http"},
      {"http://localhost, http://localhost", "localhost", "http"},
      {"http://localhost/", "localhost", "http"},
      {"httplocalhost", "localhost", "http"},
      {"http:localhost", "localhost", "http"},
  };
  for (const origin_case& c : cases) BOOST_TEST(!is_own_origin(c.origin, c.host, c.scheme), c.origin);
}

BOOST_AUTO_TEST_SUITE_END()
