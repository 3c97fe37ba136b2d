#include "handlers/text/byte_scan.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace invited::handlers::byte_scan {
namespace {

/// The text with no byte after it, so that ASan sees every step there.
std::size_t run(const std::string& text) {
  const std::vector<char> exact(text.begin(), text.end());
  return run_length({exact.data(), exact.size()},
                    [](word w) { return below(w, 0x20) | equal(w, '"') | equal(w, 0x7f); });
}

bool is_marked(unsigned char c) {
  return c < 0x20 || c == '"' || c == 0x7f;
}

BOOST_AUTO_TEST_SUITE(http_byte_scan)

BOOST_AUTO_TEST_CASE(every_byte_at_every_place_of_every_length) {
  for (std::size_t length = 0; length <= 33; ++length) {
    BOOST_TEST_REQUIRE(run(std::string(length, 'a')) == length);
    for (std::size_t at = 0; at < length; ++at) {
      for (unsigned byte = 0; byte < 256; ++byte) {
        std::string text(length, 'a');
        text[at] = static_cast<char>(byte);
        const std::size_t right = is_marked(static_cast<unsigned char>(byte)) ? at : length;
        if (run(text) != right) BOOST_ERROR("byte " << byte << " at " << at << " of " << length);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_first_of_several_counts) {
  for (std::size_t first = 0; first < 20; ++first) {
    for (std::size_t second = first; second < 20; ++second) {
      // A byte right above a marked one is what a borrow could mark by mistake.
      for (const char next : {'\x20', '\x21', '#', '\x00', '\x7f', '\x80', '\xff'}) {
        std::string text(20, next);
        for (std::size_t i = 0; i < first; ++i) text[i] = '\x80';
        text[first] = text[second] = '"';
        if (run(text) != first) BOOST_ERROR(first << ", " << second << " before " << int{next});
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(bounds) {
  const struct {
    unsigned byte, bound;
    bool is_below;
  } rows[] = {{0x0d, 0x0e, true}, {0x0e, 0x0e, false}, {0, 1, true},        {0, 0, false},
              {0x7f, 0x80, true}, {0x80, 0x80, false}, {0xff, 0x80, false}, {0x80, 1, false}};
  for (const auto& row : rows) {
    const word w = every * row.byte;
    BOOST_TEST(marked(w, below(w, row.bound)) == (row.is_below ? marks : 0));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers::byte_scan
