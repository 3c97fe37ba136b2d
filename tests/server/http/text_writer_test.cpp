#include "server/http/text_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace invited::server {

BOOST_AUTO_TEST_SUITE(text_writing)

BOOST_AUTO_TEST_CASE(whatever_was_expected_the_text_is_the_same) {
  const std::string large(5000, 'x');
  for (const std::size_t expected : {0u, 1u, 20u, 64u, 100'000u}) {
    BOOST_TEST_CONTEXT(expected) {
      std::string out = "before ";
      {
        text_writer to(out, expected);
        to += "a literal ";
        to += std::string_view{};
        to += large;
        to += 12u;
        to += " ";
        to += -7;
      }
      BOOST_TEST(out == "before a literal " + large + "12 -7");
    }
  }
}

BOOST_AUTO_TEST_CASE(nothing_written_leaves_nothing) {
  std::string out = "before";
  { const text_writer to(out, 100); }
  BOOST_TEST(out == "before");
}

BOOST_AUTO_TEST_CASE(the_longest_numbers) {
  std::string out;
  {
    text_writer to(out, 0);
    to += std::numeric_limits<std::int64_t>::min();
    to += " ";
    to += std::numeric_limits<std::uint64_t>::max();
  }
  BOOST_TEST(out == "-9223372036854775808 18446744073709551615");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
