#include "handlers/http/response.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(http_response)

BOOST_AUTO_TEST_CASE(no_value_smuggles_in_a_field) {
  using namespace std::string_view_literals;
  const struct {
    std::string_view value, line;
  } rows[] = {
      {"", "X: \r\n"},
      {"a", "X: a\r\n"},
      {"a\tb \x7f\xC3\xA9", "X: a\tb \x7f\xC3\xA9\r\n"},
      {"\r\n", "X: \r\n"},
      {"a\r\nSet-Cookie: b=c", "X: aSet-Cookie: b=c\r\n"},
      {"12345678\n", "X: 12345678\r\n"},
      {"\r12345678", "X: 12345678\r\n"},
      {"1234567\0"sv, "X: 1234567\r\n"},
      {"\0\0\r\n\n\r\t"sv, "X: \t\r\n"},
  };
  for (const auto& row : rows) {
    response out;
    out.add("X", row.value);
    BOOST_TEST(out.fields == row.line);
  }
}

BOOST_AUTO_TEST_CASE(fields_follow_each_other) {
  response out;
  out.add("A", "1");
  out.add("B", "2\n");
  out.add("C", std::string(1000, 'x'));
  BOOST_TEST(out.fields == "A: 1\r\nB: 2\r\nC: " + std::string(1000, 'x') + "\r\n");
}

BOOST_AUTO_TEST_CASE(names_its_invite) {
  response out;
  out.set_ref({.tag = 0xab, .h = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff}});
  BOOST_TEST(std::string_view(out.ref) == "inv_ab000102030405060708090a0b0c0d0eff");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
