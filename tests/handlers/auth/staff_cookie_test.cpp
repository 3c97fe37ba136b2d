#include "handlers/auth/staff_cookie.hpp"
#include "tests/handlers/fields/body.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace invited::handlers;
using namespace std::chrono_literals;

namespace {

struct asked {
  verb method = verb::post;
  std::string_view type = "application/json", origin = "https://h.example", host = "h.example";
};

request to_request(const asked& a) {
  request r;
  r.method = a.method;
  r.fields[static_cast<std::size_t>(field::content_type)] = a.type;
  r.fields[static_cast<std::size_t>(field::origin)] = a.origin;
  r.fields[static_cast<std::size_t>(field::host)] = a.host;
  return r;
}

} // namespace

BOOST_AUTO_TEST_SUITE(staff_cookie_suite)

BOOST_AUTO_TEST_CASE(its_name_and_attributes_follow_the_scheme) {
  const staff_cookie https("https://h.example"), http("http://localhost:4321");
  BOOST_TEST(https.set("abc", 30min) ==
             "__Host-invited=abc; Max-Age=1800; Path=/; HttpOnly; SameSite=Strict; Secure");
  BOOST_TEST(http.set("abc", 1500ms) == "invited=abc; Max-Age=2; Path=/; HttpOnly; SameSite=Strict");
  BOOST_TEST(https.clear() == "__Host-invited=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure");
  request r;
  r.fields[static_cast<std::size_t>(field::cookie)] = "a=1; invited=plain; __Host-invited=host";
  BOOST_TEST((https.find(r) == "host"));
  BOOST_TEST((http.find(r) == "plain"));
  BOOST_TEST(!https.find(request()).has_value());
}

BOOST_AUTO_TEST_CASE(a_call_that_changes_something_must_come_from_the_own_page) {
  const staff_cookie cookie("https://h.example");
  const std::pair<asked, bool> cases[] = {
      {{}, true},
      {{.type = "application/json; charset=utf-8"}, true},
      {{.host = "h.example:443"}, true},
      {{.method = verb::put}, true},
      {{.method = verb::get, .type = "", .origin = "https://evil.example"}, true},
      {{.method = verb::head, .type = "", .origin = ""}, true},
      {{.type = ""}, false},
      {{.type = "text/plain"}, false},
      {{.type = "application/x-www-form-urlencoded"}, false},
      {{.type = "text/plain; application/json"}, false},
      {{.origin = ""}, false},
      {{.origin = "null"}, false},
      {{.origin = "http://h.example"}, false},
      {{.origin = "https://evil.example"}, false},
      {{.origin = "https://h.example:8443"}, false},
      {{.host = "inner:4321"}, true}, // a proxy may send any
      {{.origin = "https://other.example", .host = "h.example"}, false},
      {{.method = verb::put, .origin = ""}, false},
      {{.method = verb::del, .type = ""}, false},
  };
  for (const auto& [a, allowed] : cases) {
    const std::optional<problem> refused = test::fault_of(cookie.check_origin(to_request(a)));
    BOOST_TEST(!refused == allowed, a.type << ' ' << a.origin << ' ' << a.host);
    if (!refused) continue;
    BOOST_TEST(refused->status == 403U);
    BOOST_TEST(refused->code == "foreign_origin");
  }
}

BOOST_AUTO_TEST_CASE(signing_in_needs_no_origin_but_a_wrong_one_is_refused) {
  const staff_cookie cookie("https://h.example");
  BOOST_TEST(cookie.check_page_origin(to_request({.origin = ""})).has_value());
  BOOST_TEST(cookie.check_page_origin(to_request({})).has_value());
  for (const std::string_view origin : {"null", "https://evil.example", "http://h.example"})
    BOOST_TEST(!cookie.check_page_origin(to_request({.origin = origin})).has_value(), origin);
}

BOOST_AUTO_TEST_SUITE_END()
