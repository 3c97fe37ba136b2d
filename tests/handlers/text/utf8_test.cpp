#include "handlers/text/utf8.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace invited::handlers {

BOOST_AUTO_TEST_SUITE(input_utf8)

BOOST_AUTO_TEST_CASE(well_formed_text_is_valid_to_its_end) {
  for (const std::string_view text :
       {"", "a", "12345678", "123456789 and more", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
        "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
        "seven b\xC3\xA4 then"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(utf8_valid_prefix(text) == text.size());
      BOOST_TEST(utf8_valid(text));
    }
  }
  BOOST_TEST(utf8_valid(std::string_view("\0", 1))); // U+0000 is a code point; whoever forbids it must say so
}

BOOST_AUTO_TEST_CASE(malformed_sequences_are_found_at_their_start) {
  struct {
    std::string_view what, bytes;
  } const cases[] = {
      {"lone continuation", "\x80"},
      {"lone continuation, last", "\xBF"},
      {"overlong, two bytes", "\xC0\x80"},
      {"overlong slash", "\xC1\xAF"},
      {"overlong, three bytes", "\xE0\x9F\xBF"},
      {"overlong, four bytes", "\xF0\x8F\xBF\xBF"},
      {"first surrogate", "\xED\xA0\x80"},
      {"last surrogate", "\xED\xBF\xBF"},
      {"above U+10FFFF", "\xF4\x90\x80\x80"},
      {"five bytes", "\xF8\x88\x80\x80\x80"},
      {"0xF5", "\xF5\x80\x80\x80"},
      {"0xFE", "\xFE"},
      {"0xFF", "\xFF"},
      {"cut after one of two", "\xC3"},
      {"cut after two of three", "\xE2\x82"},
      {"cut after three of four", "\xF0\x9F\x98"},
      {"second byte is ASCII", "\xC3"
                               "A"},
      {"third byte is ASCII", "\xE2\x82"
                              "A"},
      {"fourth byte is a lead", "\xF0\x9F\x98\xC3"},
  };
  for (const auto& c : cases)
    for (std::size_t before = 0; before < 18; ++before)
      for (const std::string_view after : {"", "after it come many more"}) {
        BOOST_TEST_CONTEXT(c.what << " behind " << before << " bytes") {
          const std::string text = std::string(before, 'x') + std::string(c.bytes) + std::string(after);
          BOOST_TEST(utf8_valid_prefix(text) == before);
        }
      }
}

BOOST_AUTO_TEST_CASE(every_code_point_survives_a_round) {
  for (char32_t c = 1; c <= 0x10FFFF; c += (c < 0x3000 ? 1 : 257)) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    const auto put = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    } else {
      put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    }
    BOOST_REQUIRE(utf8_valid(text));
    BOOST_REQUIRE_EQUAL(utf8_count(text), 1U);
    std::string_view rest = text;
    BOOST_REQUIRE(utf8_take(rest) == c);
    BOOST_REQUIRE(rest.empty());
  }
}

BOOST_AUTO_TEST_CASE(counts_code_points_not_bytes) {
  BOOST_TEST(utf8_count("") == 0U);
  BOOST_TEST(utf8_count("abc") == 3U);
  BOOST_TEST(utf8_count("Zo\xC3\xAB") == 3U);
  BOOST_TEST(utf8_count("\xF0\x9F\x98\x80\xE4\xBE\x8B") == 2U);
}

BOOST_AUTO_TEST_CASE(trims_unicode_white_space_at_both_ends_only) {
  struct {
    std::string_view text, trimmed;
  } const cases[] = {
      {"", ""},
      {" ", ""},
      {" \t\r\n\v\f ", ""},
      {"a", "a"},
      {"  a b  ", "a b"},
      {"\xC2\xA0 Ann \xC2\xA0", "Ann"},                           // no-break space
      {"\xE3\x80\x80\xE5\xB1\xB1\xE3\x80\x80", "\xE5\xB1\xB1"},   // ideographic space around U+5C71
      {"\xE2\x80\xA8x\xE2\x80\xA9", "x"},                         // line and paragraph separator
      {"\xE1\x9A\x80x\xE2\x80\x8A", "x"},                         // ogham space mark, hair space
      {"\xE2\x80\x8Bx\xE2\x80\x8B", "\xE2\x80\x8Bx\xE2\x80\x8B"}, // a zero width space is no White_Space
      {"\xC2\x85\xC3\xA9\xE2\x81\x9F", "\xC3\xA9"},               // NEL, medium mathematical space
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT('[' << c.text << ']') {
      BOOST_TEST(utf8_trim(c.text) == c.trimmed);
    }
}

BOOST_AUTO_TEST_CASE(classes_of_characters) {
  for (const char32_t c : {0x00, 0x1F, 0x7F, 0x80, 0x9F}) BOOST_TEST(is_control(c));
  for (const char32_t c : {0x20, 0x7E, 0xA0, 0x200D}) BOOST_TEST(!is_control(c));
  for (const char32_t c : {0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF})
    BOOST_TEST(is_deceptive(c));
  for (const char32_t c : {0x2027, 0x202F, 0x2065, 0x206A, 0x200C, 0x200D, 0xFEFE})
    BOOST_TEST(!is_deceptive(c));
  for (const char32_t c : {0x200B, 0x200C, 0x200D, 0x200E,  0x200F,  0x2060,  0xAD,    0x115F,  0x1160,
                           0x17B4, 0x180B, 0x180E, 0x202A,  0x2066,  0x206F,  0x2800,  0x3164,  0xFE0F,
                           0xFEFF, 0xFFA0, 0xFFF8, 0x1BCA0, 0x1D173, 0xE0001, 0xE0061, 0xE01EF, 0xE0FFF})
    BOOST_TEST(is_invisible(c));
  for (const char32_t c : {0x61, 0x20, 0x2010, 0x4E00, 0x1161, 0x3165, 0x2801, 0xFFFC, 0xFFFD, 0xE1000})
    BOOST_TEST(!is_invisible(c));
}

// Unicode's own example (table 3-8) among them.
BOOST_AUTO_TEST_CASE(what_is_bad_comes_in_maximal_pieces) {
  const struct {
    std::string_view text;
    std::size_t size;
  } cases[] = {
      {"\x80", 1},
      {"\xbf\x80", 1},
      {"\xc0\xaf", 1},
      {"\xc1\xbf", 1},
      {"\xff\xfe", 1},
      {"\xf5\x80\x80\x80", 1},
      {"\xc3", 1},
      {"\xc3x", 1},
      {"\xe2\x82", 2},
      {"\xe2\x82x", 2},
      {"\xe2\x82\xe2", 2},
      {"\xf0\x9f\x98", 3},
      {"\xf0\x9f\x98x", 3},
      {"\xf0\x9f\xc3\xa4", 2},
      {"\xe0\x9f\xbf", 1},
      {"\xed\xa0\x80", 1},
      {"\xf0\x8f\xbf\xbf", 1},
      {"\xf4\x90\x80\x80", 1},
      {"\xf1\x80\x80\xe1\x80\xc2", 3},
  };
  for (const auto& c : cases) {
    BOOST_TEST(utf8_valid_prefix(c.text) == 0u);
    BOOST_TEST(utf8_bad_size(c.text) == c.size);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
