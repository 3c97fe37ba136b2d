#include "server/grammar/field_index.hpp"

#include "tests/server/grammar/law.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited;
using namespace invited::server;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(http_field_index)

BOOST_AUTO_TEST_CASE(singletons) {
  for (const auto* name : {"Authorization", "Content-Type", "Idempotency-Key", "Origin", "User-Agent",
                           "Access-Control-Request-Method"}) {
    check({{"once", post_head(name + ": a\r\n"s), {}},
           {"twice", post_head(name + ": a\r\n"s + "X: y\r\n" + name + ": a\r\n"), refused::repeated_field}});
  }
}

BOOST_AUTO_TEST_CASE(lists_are_joined) {
  law judge_head;
  const auto got =
      judge_head(post_head("Accept: a\r\nCookie: x=1\r\nAccept-Language: de\r\naccept: b\r\nCookie: y=2\r\n"
                           "X-Forwarded-For: 1.1.1.1\r\nACCEPT:c\r\nX-Forwarded-For: 2.2.2.2\r\n"));
  BOOST_TEST_REQUIRE(got.has_value());
  const auto field = [&](handlers::field f) { return got->fields[static_cast<std::size_t>(f)]; };
  BOOST_TEST(field(handlers::field::accept) == "a, b, c");
  BOOST_TEST(field(handlers::field::cookie) == "x=1; y=2");
  BOOST_TEST(field(handlers::field::accept_language) == "de");
  BOOST_TEST(field(handlers::field::authorization) == "");
  BOOST_TEST(field(handlers::field::host) == got->host);
  BOOST_TEST(got->forwarded_for == "1.1.1.1, 2.2.2.2");
}

BOOST_AUTO_TEST_CASE(an_empty_field_is_there) {
  law judge_head;
  const auto got = judge_head(post_head("Idempotency-Key:\r\nIf-Match: \t \r\nAccept:\r\nAccept:\r\n"));
  BOOST_TEST_REQUIRE(got.has_value());
  handlers::request r;
  r.fields = got->fields;
  BOOST_TEST(r.has(handlers::field::idempotency_key));
  BOOST_TEST(r[handlers::field::idempotency_key] == "");
  BOOST_TEST(r.has(handlers::field::if_match));
  BOOST_TEST(r[handlers::field::if_match] == "");
  BOOST_TEST(r.has(handlers::field::accept));
  BOOST_TEST(!r.has(handlers::field::origin));
  BOOST_TEST(!r.has(handlers::field::authorization));
}

BOOST_AUTO_TEST_CASE(names_of_fields) {
  BOOST_TEST((identify("Access-Control-Request-Headers") == known_field::access_control_request_headers));
  BOOST_TEST((identify("x-REQUEST-id") == known_field::x_request_id));
  BOOST_TEST((identify("If-Match") == known_field::if_match));
  BOOST_TEST((identify("If-None-Match") == known_field::if_none_match));
  BOOST_TEST((identify("Accept-ENCODING") == known_field::accept_encoding));
  BOOST_TEST((identify("Accept-Language") == known_field::accept_language));
  for (const std::string_view other :
       {"", "H", "Hosts", "host2", "Acceptt", "Origim", "Expecx", "Cookiе", "X-Forwarded-Fox",
        "Content-Lengtj", "Transfer-Encodinh", "Connectioo", "User-Agenu", "Content-Typf"})
    BOOST_TEST_CONTEXT(other) BOOST_TEST((identify(other) == known_field::none));
}

BOOST_AUTO_TEST_SUITE_END()
