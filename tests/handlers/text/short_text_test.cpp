#include "handlers/text/number_text.hpp"
#include "handlers/text/short_text.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(http_short_text)

BOOST_AUTO_TEST_CASE(holds_what_fits_and_cuts_off_the_rest) {
  for (std::size_t length = 0; length < 20; ++length) {
    const std::string text = std::string("abcdefghijklmnopqrst").substr(0, length);
    const short_text<8> held(text);
    BOOST_TEST(std::string_view(held) == text.substr(0, 8));
    BOOST_TEST(held.empty() == text.empty());
  }
}

BOOST_AUTO_TEST_CASE(appends_and_assigns) {
  short_text<8> text;
  BOOST_TEST(text.empty());
  text.append("").append("ab").append("cdef");
  BOOST_TEST(std::string_view(text) == "abcdef");
  text.append("ghij").append("k");
  BOOST_TEST(std::string_view(text) == "abcdefgh");
  text = "z";
  const short_text<8> copy = text;
  text = "";
  BOOST_TEST(std::string_view(text) == "");
  BOOST_TEST(std::string_view(copy) == "z");
}

BOOST_AUTO_TEST_CASE(numbers) {
  short_text<64> text("n=");
  append_number(text, std::numeric_limits<std::int64_t>::min());
  append_number(text, 7u);
  BOOST_TEST(std::string_view(text) == "n=-92233720368547758087");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
