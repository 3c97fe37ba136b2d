#include "server/grammar/chars.hpp"
#include "store/base/ascii.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::server {

BOOST_AUTO_TEST_SUITE(characters)

BOOST_AUTO_TEST_CASE(a_name_in_any_case_is_the_same_and_no_other_is) {
  const std::string_view lower = "a-name_of.30-letters~with^mark";
  for (std::size_t size = 0; size <= lower.size(); ++size) {
    const auto name = lower.substr(0, size);
    BOOST_TEST(chars::equals_lower(name, name));
    BOOST_TEST(!chars::equals_lower(std::string{name} + "x", name));
    for (std::size_t at = 0; at < size; ++at) {
      for (int c = 0; c < 256; ++c) { // in every place, next to every neighbour that could carry into it
        std::string text{name};
        text[at] = static_cast<char>(c);
        const bool same = store::ascii_lower(static_cast<char>(c)) == name[at];
        if (chars::equals_lower(text, name) != same) BOOST_ERROR(size << ' ' << at << ' ' << c);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(eight_bytes_become_lower_case_like_one) {
  for (int c = 0; c < 256; ++c) {
    for (const char neighbour : {'\0', 'Z', '[', '\x7f', '\xff'}) {
      std::string text(8, neighbour);
      text[3] = static_cast<char>(c);
      const auto word = chars::to_lower(handlers::byte_scan::load(text.data()));
      for (char& each : text) each = store::ascii_lower(each);
      if (word != handlers::byte_scan::load(text.data())) BOOST_ERROR(c << " beside " << int{neighbour});
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
