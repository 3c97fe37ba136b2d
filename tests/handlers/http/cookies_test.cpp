#include "handlers/http/cookies.hpp"

#include "tests/handlers/fields/body.hpp"

namespace invited::handlers {

BOOST_AUTO_TEST_SUITE(input_cookies)

BOOST_AUTO_TEST_CASE(finds_one_by_name) {
  struct {
    std::string_view field;
    const char* value; ///< nullptr means none
  } const cases[] = {
      {"", nullptr},
      {"k=v", "v"},
      {"a=1; k=v; b=2", "v"},
      {"a=1;k=v;b=2", "v"},
      {"k=first; k=second", "first"},
      {"k=a=b==", "a=b=="},
      {"k=", ""},
      {"k=\"v\"", "v"},
      {"k=\"\"", ""},
      {" k=v ", "v"},
      {";;k=v;;", "v"},
      {"K=v", nullptr},
      {"kk=v; xk=v; k.=v", nullptr},
      {"k", nullptr},
      {"k; a=k=v", nullptr},
      {"a=\"; k=v\"",
       nullptr}, // quotes do not protect a ';' (RFC 6265), and what is then found is no cookie-value
      {"k =v", nullptr},
      {"k= v", nullptr},
      {"k=a b", nullptr},
      {"k=a,b", nullptr},
      {"k=a\\b", nullptr},
      {"k=a\"b", nullptr},
      {"k=\"", nullptr},
      {"k=\xC3\xA9", nullptr},
      {"k=a\x01", nullptr},
      {"k=a\x7F", nullptr},
      {"k=a b; k=good", nullptr}, // the first wins even if it is bad
      {"k=!#$%&'()*+-./09:<=>?@AZ[]^_`az{|}~", "!#$%&'()*+-./09:<=>?@AZ[]^_`az{|}~"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.field) {
      const auto found = find_cookie(c.field, "k");
      BOOST_TEST(found.has_value() == (c.value != nullptr));
      if (found && c.value) BOOST_TEST(*found == c.value);
    }
}

BOOST_AUTO_TEST_CASE(any_bytes) {
  std::mt19937 random(5);
  for (int round = 0; round < 20'000; ++round) {
    const std::string field = test::mutate("a=1; k=\"value\"; b=2", random);
    if (const auto found = find_cookie(field, "k")) {
      BOOST_REQUIRE(found->find_first_of(std::string_view(" \",;\\\0\x7F", 7)) == std::string_view::npos);
      BOOST_REQUIRE(
          (found->empty() || (found->data() >= field.data() && found->data() < field.data() + field.size())));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
