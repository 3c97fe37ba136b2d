#include "handlers/auth/bearer.hpp"

#include "handlers/tokens/errc.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>

using namespace invited::handlers;

BOOST_AUTO_TEST_SUITE(bearer_suite)

BOOST_AUTO_TEST_CASE(one_token) {
  struct {
    std::string_view field, token;
  } const cases[] = {
      {"Bearer abc", "abc"},     {"bearer a.b.c", "a.b.c"}, {"BEARER -._~+/09AZaz", "-._~+/09AZaz"},
      {"bEaReR abc==", "abc=="}, {"Bearer    abc", "abc"},  {"Bearer Bearer", "Bearer"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.field) {
      const auto token = bearer_token(c.field);
      BOOST_TEST_REQUIRE(token.has_value());
      BOOST_TEST(*token == c.token);
    }
}

BOOST_AUTO_TEST_CASE(no_bearer_token_was_sent) {
  for (const std::string_view field : {"", "Basic YTpi", "Beare", "Bear", "B", "Bearerish abc", "Bearer\tabc",
                                       "Bearer=abc", " Bearer abc", "Token Bearer abc"})
    BOOST_TEST((bearer_token(field).error() == token_errc::missing), field);
}

BOOST_AUTO_TEST_CASE(not_exactly_one_token) {
  for (const std::string_view field :
       {"Bearer", "Bearer ", "Bearer   ", "Bearer a b", "Bearer a ", "Bearer a, Bearer b", "Bearer a,b",
        "Bearer \"a\"", "Bearer =", "Bearer ==", "Bearer a=b", "Bearer a==b", "Bearer a\tb",
        "Bearer a\r\nX: y", "Bearer caf\xc3\xa9", "Bearer a;b"})
    BOOST_TEST((bearer_token(field).error() == token_errc::malformed), field);
  BOOST_TEST((bearer_token(std::string_view("Bearer a\0b", 10)).error() == token_errc::malformed));
}

BOOST_AUTO_TEST_CASE(errors_have_texts_and_challenges) {
  std::set<std::string_view> texts;
  for (int e = static_cast<int>(token_errc::missing); e <= static_cast<int>(token_errc::wrong_audience);
       ++e) {
    const auto code = static_cast<token_errc>(e);
    texts.insert(detail_of(code));
    BOOST_TEST(make_error_code(code).message() == detail_of(code));
    BOOST_TEST(make_error_code(code).failed());
    const bool none_sent = code == token_errc::missing;
    // RFC 6750 §3.1: no error information for a request without any authentication
    BOOST_TEST(challenge_for(code) ==
               (none_sent ? R"(Bearer realm="invited")" : R"(Bearer error="invalid_token")"));
  }
  BOOST_TEST(texts.size() == 11u);
  BOOST_TEST(detail_of(static_cast<token_errc>(99)) == "The token is not valid.");
}

BOOST_AUTO_TEST_SUITE_END()
