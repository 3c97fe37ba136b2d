#include "handlers/values/challenge_input.hpp"

#include "handlers/text/utf8.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

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
  const checked<given_answer> read = read_given_answer(kind, text, style, now);
  if (!read) return std::string(read.error().code);
  return read->answer.answer + (read->older ? " or " + read->older->answer : "");
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

// Each row is one code, in spellings that differ in capitals or in how accents are put together.
BOOST_AUTO_TEST_CASE(a_code_is_the_same_in_capitals_and_composed_or_not) {
  const std::vector<std::string_view> rows[] = {
      {"ñandú1", "Ñandú1", "ÑANDÚ1",
       "N\u0303andu\u0301"
       "1",
       "n\u0303ANDU\u0301-1", "ñ\u200Bandú 1"},
      {"äb12", "Äb-12", "ÄB12",
       "a\u0308"
       "b12",
       "A\u0308"
       "B12"},
      {"strasse", "straße", "STRASSE", "STRAẞE"},
      {"οδοσ7", "ΟΔΟΣ7", "οδος7"},                 // the final sigma
      {"κόρη", "ΚΌΡΗ", "κο\u0301ρη", "κ\u1F79ρη"}, // tonos and oxia are one
      {"жизнь", "ЖИЗНЬ"},
      {"йога", "ЙОГА", "и\u0306ога"},
      {"թագ՛ուհի", "ԹԱԳ՛ՈՒՀԻ"},
      {"i\u0307zmir", "İzmir", "I\u0307ZMIR"}, // a dotted capital keeps its dot
      {"kelvin", "\u212Aelvin"},               // the sign of the unit
      {"å100", "\u212B100", "Å100", "a\u030A100"},
      {"ffi45", "ﬃ45"},
      {"ⅷabc", "Ⅷabc"},
      {"ꭰab1", "Ꭰab1"},
      {"𐐨123", "𐐀123"}, // beyond 16 bits
      {"ệ123", "Ệ123",
       "e\u0323\u0302"
       "123",
       "E\u0302\u0323"
       "123"}, // marks in either order
      {"한국어판", "\u1112\u1161\u11AB국어판"},
      {"北京上海", "北京上海"},
  };
  for (const auto& spellings : rows) {
    const std::string code = as_code(spellings.front());
    for (const std::string_view text : spellings) {
      BOOST_TEST_CONTEXT(text) BOOST_TEST(as_code(text) == code);
      BOOST_TEST(as_code(as_code(text)) == code, "once more: " << text);
    }
  }
}

// What is counted is the form that is compared, so that no spelling of a code is too short or too long.
BOOST_AUTO_TEST_CASE(a_code_is_as_long_as_its_form) {
  BOOST_TEST(as_code("ÄÄÄ") == "too_short");
  BOOST_TEST(as_code("A\u0308ÄÄ") == "too_short");
  BOOST_TEST(as_code("ßß") == "ssss");
  std::string most, more;
  for (int i = 0; i < 32; ++i) most += "ß";
  for (int i = 0; i < 64; ++i) more += "e\u0301";
  BOOST_TEST(as_code(most) == std::string(64, 's'));
  BOOST_TEST(as_code(most + "a") == "too_long");
  BOOST_TEST(utf8_count(as_code(more)) == 64U);
}

// Each row is 483920 in digits of one script (Unicode's Nd).
BOOST_AUTO_TEST_CASE(a_code_may_be_typed_in_digits_of_every_script) {
  for (const std::string_view text : {"٤٨٣٩٢٠",        "۴۸۳۹۲۰",
                                      "४८३९२०",        "৪৮৩৯২০",
                                      "੪੮੩੯੨੦",        "૪૮૩૯૨૦",
                                      "௪௮௩௯௨௦",        "౪౮౩౯౨౦",
                                      "೪೮೩೯೨೦",        "൪൮൩൯൨൦",
                                      "๔๘๓๙๒๐",        "໔໘໓໙໒໐",
                                      "༤༨༣༩༢༠",        "၄၈၃၉၂၀",
                                      "៤៨៣៩២០",        "᠔᠘᠓᠙᠒᠐",
                                      "４８３９２０",  "𝟒𝟖𝟑𝟗𝟐𝟎",
                                      "𝟜𝟠𝟛𝟡𝟚𝟘",        "𝟺𝟾𝟹𝟿𝟸𝟶",
                                      "߄߈߃߉߂߀",        "𞥔𞥘𞥓𞥙𞥒𞥐",
                                      "٤٨٣-920",       "４８３－９２０",
                                      "４８３　９２０"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(as_code(text) == "483920");
      BOOST_TEST(as_given(code, text).starts_with("483920"));
    }
  }
  BOOST_TEST(as_code("ＡＢ１２－ｘ") == "ab12x"); // a Japanese keyboard
  BOOST_TEST(as_code("Ñ٤٨٣") == "ñ483");
  BOOST_TEST(as_code("²³¹½") == "²³¹½"); // numbers, but no decimal digits
  BOOST_TEST(as_code("Ⅳ八三九") == "ⅳ八三九");
}

// Invites that older servers made hold the hash of an older form.
BOOST_AUTO_TEST_CASE(an_answer_has_an_older_form_where_it_is_another_text) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"X7-K2", "x7k2"},
      {"ñandú1", "ñandú1"},
      {"Ñandú1", "ñandú1 or Ñandú1"},
      {"ÑANDÚ-1", "ñandú1 or ÑandÚ1"},
      {"n\u0303andu\u0301"
       "1",
       "ñandú1 or n\u0303andu\u0301"
       "1"},
      {"ab\u3164"
       "12",
       "ab12 or ab\u3164"
       "12"}, // a filler that had been taken for a letter
      {"ab\u200B"
       "12",
       "ab12"},                                       // a blank that never counted
      {"a\u3164\u3164\u3164", "a\u3164\u3164\u3164"}, // only an older server took it
      {"ab1\u3164", "ab1\u3164"},
      {"ÄÄ\x01Ä", "forbidden_character"},
      {"ÄÄÄ", "too_short"},
  };
  for (const auto& [text, forms] : cases) BOOST_TEST_CONTEXT(text) BOOST_TEST(as_given(code, text) == forms);
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
                                   {" 1980-02-29\n", "1980-02-29"}, // pasted
                                   {"\u200B1980-02-29\u00A0", "1980-02-29"},
                                   {"١٩٨٠-٠٢-٢٩", "1980-02-29"}, // digits of other scripts
                                   {"１９８０－０２－２９", "1980-02-29"},
                                   {"1980‐02‐29", "1980-02-29"}, // U+2010
                                   {"１９８０／０２／２９", "invalid_date"},
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
  BOOST_TEST(as_given(birth_date, "٢٩/٠٢/١٩٨٠", "ar") == "1980-02-29");
  BOOST_TEST(as_given(birth_date, "١٩٨٠-٠٢-٢٩") == "1980-02-29");
  BOOST_TEST(as_given(code, "X7-K2") == "x7k2");
  BOOST_TEST(as_given(code, "X7-K2", "de") == "x7k2");
  BOOST_TEST(as_given(code, "1980-02-29") == "19800229");
}

// What no invite can ask for is no attempt. `now` is 2026-12-07T16:21:56Z; in Kiribati the 8th has begun.
BOOST_AUTO_TEST_CASE(a_birth_date_to_come_is_no_answer) {
  const struct {
    std::string_view text;
    const char* locale; ///< null: as programs send it
    std::string_view read;
  } cases[] = {
      {"2026-12-07", nullptr, "2026-12-07"},   {"2026-12-08", nullptr, "2026-12-08"},
      {"2026-12-09", nullptr, "out_of_range"}, {"2062-02-09", nullptr, "out_of_range"},
      {"9999-12-31", nullptr, "out_of_range"}, {"1900-01-01", nullptr, "1900-01-01"},
      {"1899-12-31", nullptr, "invalid_date"}, {"0001-01-01", nullptr, "invalid_date"},
      {"12/08/2026", "en-US", "2026-12-08"},   {"12/09/2026", "en-US", "out_of_range"},
      {"09.12.2026", "de", "out_of_range"},    {"2026-12-09", "de", "out_of_range"},
      {"09122026", "de", "out_of_range"},      {"٠٩/١٢/٢٠٢٦", "ar", "out_of_range"},
      {"31/12/1899", "es", "invalid_date"},    {"12/08/2026", "en", "ambiguous_date"},
      {"01/12/2026", "en", "ambiguous_date"},  {"02/12/2026", "en", "ambiguous_date"},
      {"10/12/2026", "en", "2026-10-12"}, // the other day is to come
      {"12/10/2026", "en", "2026-10-12"},      {"01/02/2027", "en", "out_of_range"}, // both are
      {"13/12/2026", "en", "out_of_range"},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.text << " in " << (c.locale ? c.locale : "JSON"))
    BOOST_TEST(as_given(birth_date, c.text, c.locale) == c.read);
  }
}

BOOST_AUTO_TEST_CASE(what_can_be_set_can_be_given) {
  for (const std::string_view day : {"1900-01-01", "1980-02-29", "2026-12-07", "2026-12-08"}) {
    BOOST_TEST(as_right(day) == day);
    BOOST_TEST(as_given(birth_date, day) == day);
    BOOST_TEST(as_given(birth_date, day, "en") == day);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
