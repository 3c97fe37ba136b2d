#include "handlers/values/birth_date.hpp"

#include <boost/test/unit_test.hpp>

#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {
namespace {

/// The date, or the code of its flaw.
std::string read(std::string_view text, std::string_view locale) {
  const checked<std::string> read = read_birth_date(text, date_style_of(locale), "2999-12-31");
  return read ? *read : std::string(read.error().code);
}

/// What somebody types on the page of an invite with this locale, and what it is read as.
struct typed_date {
  std::string_view text, locale, read;
};

void check(std::span<const typed_date> cases) {
  for (const typed_date& c : cases) {
    BOOST_TEST_CONTEXT(c.text << " in " << c.locale) BOOST_TEST(read(c.text, c.locale) == c.read);
  }
}

BOOST_AUTO_TEST_SUITE(input_birth_date)

BOOST_AUTO_TEST_CASE(locales_have_their_order) {
  for (const auto& [locale, pattern] : {std::pair{"en-US", "MM/DD/YYYY"},
                                        {"EN-us", "MM/DD/YYYY"},
                                        {"en-Latn-US", "MM/DD/YYYY"},
                                        {"en-PH", "MM/DD/YYYY"},
                                        {"en-GB", "DD/MM/YYYY"},
                                        {"en-GB-oxendict", "DD/MM/YYYY"},
                                        {"en-AU", "DD/MM/YYYY"},
                                        {"en-150", "YYYY-MM-DD"}, // no country: like en alone
                                        {"en-u-rg-uszzzz", "YYYY-MM-DD"},
                                        {"en", "YYYY-MM-DD"},
                                        {"en-CA", "YYYY-MM-DD"},
                                        {"en-ZA", "YYYY-MM-DD"},
                                        {"de", "DD.MM.YYYY"},
                                        {"de-CH", "DD.MM.YYYY"},
                                        {"es", "DD/MM/YYYY"},
                                        {"es-MX", "DD/MM/YYYY"},
                                        {"es-US", "YYYY-MM-DD"},
                                        {"fr-FR", "DD/MM/YYYY"},
                                        {"fr-CA", "YYYY-MM-DD"},
                                        {"nl-BE", "DD-MM-YYYY"},
                                        {"tr", "DD.MM.YYYY"},
                                        {"ja", "YYYY-MM-DD"},
                                        {"sv-SE", "YYYY-MM-DD"},
                                        {"zh-Hant-TW", "YYYY-MM-DD"},
                                        {"xx", "YYYY-MM-DD"},
                                        {"d", "YYYY-MM-DD"},
                                        {"", "YYYY-MM-DD"}}) {
    BOOST_TEST_CONTEXT(locale) BOOST_TEST(date_style_of(locale).pattern == pattern);
  }
}

BOOST_AUTO_TEST_CASE(dates_as_people_type_them) {
  const typed_date cases[] = {
      {"1980-02-29", "en-US", "1980-02-29"}, // what a browser fills in
      {"1980-02-29", "", "1980-02-29"},
      {"1980/2/9", "de", "1980-02-09"},
      {"02/29/1980", "en-US", "1980-02-29"},
      {"2/9/1980", "en-US", "1980-02-09"},
      {"2-9-1980", "en-US", "1980-02-09"},
      {"29/02/1980", "en-US", "invalid_date"}, // only the locale's order counts
      {"29/02/1980", "en-GB", "1980-02-29"},
      {"02/29/1980", "en-GB", "invalid_date"},
      {"29.02.1980", "de", "1980-02-29"},
      {"9.2.1980", "de-AT", "1980-02-09"},
      {" 9. 2. 1980 ", "cs", "1980-02-09"},
      {"9/2/1980", "de", "1980-02-09"},
      {"\xE2\x80\x8F"
       "09/02/1980",
       "ar", "1980-02-09"}, // a direction mark, pasted along
      {"09-02-1980", "nl", "1980-02-09"},
      {"29/02/1980", "en", "1980-02-29"}, // only one day is possible
      {"02/29/1980", "en", "1980-02-29"},
      {"02/02/1980", "en", "1980-02-02"},
      {"09/02/1980", "en", "ambiguous_date"},
      {"09/02/1980", "", "ambiguous_date"},
      {"9.2.1980", "ja", "ambiguous_date"},
      {"13/13/1980", "en", "invalid_date"},
      {"02291980", "en-US", "1980-02-29"}, // from the digit keys of a phone
      {"29021980", "en-GB", "1980-02-29"},
      {"19800229", "en-GB", "1980-02-29"},
      {"19121211", "de", "1912-12-11"},
      {"19121912", "de", "1912-12-19"},
      {"09021980", "", "ambiguous_date"},
      {"01/01/1900", "en-GB", "1900-01-01"},
  };
  check(cases);
}

BOOST_AUTO_TEST_CASE(digits_and_dashes_of_every_script) {
  const typed_date cases[] = {
      {"٢٩/٠٢/١٩٨٠", "ar", "1980-02-29"},
      {"۲۹/۰۲/۱۹۸۰", "ur", "1980-02-29"},
      {"२९/०२/१९८०", "hi", "1980-02-29"},
      {"২৯/০২/১৯৮০", "en-GB", "1980-02-29"},
      {"๒๙/๐๒/๑๙๘๐", "th", "1980-02-29"},
      {"１９８０／０２／２９", "ja", "1980-02-29"},
      {"１９８０．２．２９", "ja", "1980-02-29"},
      {"１９８００２２９", "ja", "1980-02-29"},
      {"𝟏𝟗𝟖𝟎-𝟎𝟐-𝟐𝟗", "", "1980-02-29"},
      {"1980–02–29", "", "1980-02-29"},   // en dashes, autocorrected
      {"1980−02−29", "", "1980-02-29"},   // minus signs
      {"29‑02‑1980", "nl", "1980-02-29"}, // no-break hyphens
      {"2٩/0٢/1980", "ar", "1980-02-29"},
  };
  check(cases);
}

BOOST_AUTO_TEST_CASE(texts_that_are_not_dates) {
  const typed_date cases[] = {
      {"29/02/1981", "en-GB", "invalid_date"},
      {"31.04.1980", "de", "invalid_date"},
      {"00/01/1980", "de", "invalid_date"},
      {"0/1/1980", "de", "invalid_date"},
      {"29/02/80", "en-GB", "invalid_date"},
      {"29/02/1899", "en-GB", "invalid_date"},
      {"31/12/1899", "en-GB", "invalid_date"},
      {"029/2/1980", "en-GB", "invalid_date"},
      {"29/2/01980", "en-GB", "invalid_date"},
      {"29/02-1980", "en-GB", "invalid_date"},
      {"29/02/1980/", "en-GB", "invalid_date"},
      {"/29/02/1980", "en-GB", "invalid_date"},
      {"29//1980", "en-GB", "invalid_date"},
      {"29/1980", "en-GB", "invalid_date"},
      {"-1980-02-29", "en-GB", "invalid_date"},
      {"29 Feb 1980", "en-GB", "invalid_date"},
      {"1980-02-29T00:00:00Z", "en-GB", "invalid_date"},
      {"٢٩ فبراير ١٩٨٠", "ar", "invalid_date"},
      {"29²02²1980", "en-GB", "invalid_date"},
      {"1234567", "en-GB", "invalid_date"},
      {"123456789", "en-GB", "invalid_date"},
      {"//", "en-GB", "invalid_date"},
      {"", "en-GB", "invalid_date"},
      {"   ", "en-GB", "invalid_date"},
  };
  check(cases);
}

BOOST_AUTO_TEST_CASE(every_day_is_read_from_every_way_to_write_it) {
  const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  for (int year = 1900; year < 2030; year += 3) {
    for (unsigned month = 1; month <= 12; ++month) {
      for (unsigned day = 1; day <= 28; ++day) {
        const std::string y = std::to_string(year), m = two(month), d = two(day), iso = y + '-' + m + '-' + d;
        BOOST_REQUIRE(is_birth_date(iso));
        for (const std::string_view locale : {"en-US", "en-GB", "de", "en", ""})
          for (const std::string& text : {iso, y + m + d}) BOOST_REQUIRE(read(text, locale) == iso);
        for (const std::string& text : {m + '/' + d + '/' + y, m + d + y}) {
          BOOST_REQUIRE(read(text, "en-US") == iso);
          const bool unsure = day <= 12 && day != month;
          BOOST_REQUIRE(read(text, "en") == (unsure ? "ambiguous_date" : iso));
        }
        for (const std::string& text : {d + '.' + m + '.' + y, d + m + y})
          BOOST_REQUIRE(read(text, "de") == iso);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(strictly_iso) {
  for (const std::string_view good : {"1900-01-01", "2000-02-29", "9999-12-31"})
    BOOST_TEST(is_birth_date(good));
  for (const std::string_view bad : {"", "1899-12-31", "0001-01-01", "1900-02-29", "1980-2-29", "1980-02-30",
                                     "1980-13-01", "1980-00-10", "1980/02/29", "19800229", "80-02-29",
                                     " 1980-02-29", "1980-02-29 ", "1980-02-29T", "1980-02-2x", "+1980-02-2"})
    BOOST_TEST_CONTEXT(bad) BOOST_TEST(!is_birth_date(bad));
}

BOOST_AUTO_TEST_CASE(messages_say_how_and_never_repeat) {
  BOOST_TEST(read_birth_date("31.12.80", date_style_of("de"), "2026-12-31").error().message ==
             "This is not a date. Please write it as DD.MM.YYYY.");
  BOOST_TEST(read_birth_date("03/04/1980", date_style_of("en"), "2026-12-31").error().message.find("03/04") ==
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
