#include "handlers/values/challenge_input.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::handlers {
namespace {

using enum store::challenge_kind;

constexpr std::int64_t now = 1'796'660'516; // 2026-12-07T16:21:56Z

/// The text that was read, or the code of its flaw.
std::string shown(const checked<std::string>& read) {
  return read ? *read : std::string(read.error().code);
}

std::string as_code(std::string_view text) {
  return shown(read_code(text));
}

std::string as_right(std::string_view text, std::int64_t at = now) {
  return shown(read_right_answer(birth_date, text, at));
}

std::string as_given(store::challenge_kind kind, std::string_view text, const char* locale = nullptr) {
  std::optional<date_style> style;
  if (locale != nullptr) style = date_style_of(locale);
  return shown(read_given_answer(kind, text, style));
}

BOOST_AUTO_TEST_SUITE(input_challenge)

BOOST_AUTO_TEST_CASE(codes_are_what_is_left_of_them) {
  for (const auto& [text, code] : {std::pair<std::string_view, std::string_view>{"X7K2", "x7k2"},
                                   {"x7k2", "x7k2"},
                                   {" X7-K2 ", "x7k2"},
                                   {"X 7 K 2", "x7k2"},
                                   {"X7\xE2\x80\x93K2", "x7k2"},             // an en dash, autocorrected
                                   {"X7\xE2\x80\x91K2", "x7k2"},             // a non-breaking hyphen
                                   {"X7\xE2\x88\x92K2", "x7k2"},             // a minus sign
                                   {"X7\xC2\xA0K2", "x7k2"},                 // a no-break space
                                   {"\xE2\x80\x8BX7K2", "x7k2"},             // a zero width space
                                   {"\xE2\x80\xADX7K2\xE2\x80\xAC", "x7k2"}, // direction marks
                                   {"X7\tK2\n", "x7k2"},
                                   {"x7_k2", "x7_k2"},
                                   {"\xC3\x84"
                                    "b-12",
                                    "\xC3\x84"
                                    "b12"}, // only ASCII letters fold
                                   {"\xC3\xA4"
                                    "b-12",
                                    "\xC3\xA4"
                                    "b12"},
                                   {"X7K", "too_short"},
                                   {"X-7-K", "too_short"},
                                   {"----", "too_short"},
                                   {"", "too_short"},
                                   {"\xC3\x84\xC3\x84\xC3\x84", "too_short"}, // characters, not bytes
                                   {"X7K2\x01", "forbidden_character"},
                                   {"X7K2\x7F", "forbidden_character"}}) {
    BOOST_TEST_CONTEXT(text) BOOST_TEST(as_code(text) == code);
  }
  BOOST_TEST(as_code(std::string(64, 'x')) == std::string(64, 'x'));
  BOOST_TEST(as_code(std::string(65, 'x')) == "too_long");
  BOOST_TEST(as_code(std::string(64, 'x') + std::string(100, '-')) == std::string(64, 'x'));
}

BOOST_AUTO_TEST_CASE(a_new_birth_date_is_iso_and_has_been) {
  for (const auto& [text, read] : {std::pair{"1980-02-29", "1980-02-29"},
                                   {"1900-01-01", "1900-01-01"},
                                   {"2026-12-07", "2026-12-07"},
                                   {"2026-12-08", "2026-12-08"}, // that day has begun in Kiribati
                                   {"2026-12-09", "out_of_range"},
                                   {"9999-12-31", "out_of_range"},
                                   {"1899-12-31", "invalid_date"},
                                   {"1980-02-30", "invalid_date"},
                                   {"29/02/1980", "invalid_date"},
                                   {" 1980-02-29", "invalid_date"},
                                   {"19800229", "invalid_date"}}) {
    BOOST_TEST_CONTEXT(text) BOOST_TEST(as_right(text) == read);
  }
  BOOST_TEST(as_right("2026-12-08", now - 8 * 3600) == "out_of_range"); // 08:21 UTC: that day is nowhere yet
}

BOOST_AUTO_TEST_CASE(given_dates_follow_the_locale_on_a_page_only) {
  BOOST_TEST(as_given(birth_date, "1980-02-29") == "1980-02-29");
  BOOST_TEST(as_given(birth_date, "29.02.1980") == "invalid_date");
  BOOST_TEST(as_given(birth_date, "29.02.1980", "de") == "1980-02-29");
  BOOST_TEST(as_given(birth_date, "1980-02-29", "de") == "1980-02-29");
  BOOST_TEST(as_given(birth_date, "03/04/1980", "") == "ambiguous_date");
  BOOST_TEST(as_given(code, "X7-K2") == "x7k2");
  BOOST_TEST(as_given(code, "X7-K2", "de") == "x7k2");
  BOOST_TEST(as_given(code, "1980-02-29") == "19800229");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
