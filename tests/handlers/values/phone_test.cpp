#include "handlers/values/phone.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace invited::handlers {

namespace {

const std::string us = "US";

std::string read(std::string_view text, const std::string& region = us) {
  const auto found = read_phone(text, region);
  if (found) return found->empty() ? "none" : *found;
  if (text.size() > 3) BOOST_TEST(found.error().message.find(text) == std::string::npos);
  return std::string(found.error().code);
}

} // namespace

BOOST_AUTO_TEST_SUITE(input_phone)

BOOST_AUTO_TEST_CASE(e164) {
  for (const std::string_view text : {"+1234567", "+14155550123", "+123456789012345", "+9999999"}) {
    BOOST_TEST(is_e164(text));
    if (!reads_any_phone_spelling()) BOOST_TEST(read(text) == text);
  }
  for (const std::string_view text :
       {"", "+", "+123456", "+1234567890123456", "+0123456789", "14155550123", "+1415555012x",
        "+1 4155550123", "++14155550123", "+1415555\xD9\xA1", " +14155550123"})
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!is_e164(text));
    }
  BOOST_TEST(!is_e164(std::string_view("+1234567\0", 9)));
}

BOOST_AUTO_TEST_CASE(nothing_is_none) {
  for (const std::string_view text : {"", " ", "\t", "\xC2\xA0"}) BOOST_TEST(read(text) == "none");
}

BOOST_AUTO_TEST_CASE(white_space_around_does_not_count) {
  BOOST_TEST(read("  +14155550123\n") == "+14155550123");
  BOOST_TEST(read("\xC2\xA0+14155550123") == "+14155550123");
}

BOOST_AUTO_TEST_CASE(what_is_not_a_number_is_refused_in_every_build) {
  for (const std::string_view text :
       {"x", "+", "++", "mobile", "0", "911", "+0", "+123", "+12345678901234567", "()", "-1",
        "12345678901234567890", "a@b.org", "\xF0\x9F\x93\x9E", "+141555501\u20E3"})
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(read(text) == "invalid_phone");
    }
  BOOST_TEST(read(std::string_view("\0", 1)) == "invalid_phone");
  BOOST_TEST(read(std::string(65, '1')) == "too_long");
  BOOST_TEST(read(std::string(1 << 20, '1')) == "too_long");
}

BOOST_AUTO_TEST_CASE(the_message_shows_the_right_form) {
  const auto found = read_phone("call me", us);
  BOOST_REQUIRE(!found.has_value());
  BOOST_TEST(found.error().message.find("+14155550123") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(other_spellings) {
  struct {
    std::string_view text;
    std::string region, number;
  } const cases[] = {
      {"(415) 555-0123", "US", "+14155550123"},
      {"415.555.0123", "US", "+14155550123"},
      {"1-415-555-0123", "US", "+14155550123"},
      {"+1 (415) 555 0123", "DE", "+14155550123"},
      {"tel:+1-415-555-0123", "US", "+14155550123"},
      {"011 44 20 7946 0018", "US", "+442079460018"},
      {"020 7946 0018", "GB", "+442079460018"},
      {"00 44 20 7946 0018", "DE", "+442079460018"},
      {"030 123456", "DE", "+4930123456"},
      {"+49 (0)30 123456", "US", "+4930123456"},
      {"\xEF\xBC\x8B\xEF\xBC\x91 415 555 0123", "US", "+14155550123"}, // full-width digits and plus
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text << " in " << c.region) {
      BOOST_TEST(read(c.text, c.region) == (reads_any_phone_spelling() ? c.number : "invalid_phone"));
    }
}

// Each row is one number, or no number, in spellings that differ in blanks, signs and digits only.
BOOST_AUTO_TEST_CASE(a_number_has_one_outcome_whatever_its_spelling) {
  if (!reads_any_phone_spelling()) return;
  const struct {
    std::string_view outcome;
    std::vector<std::string_view> spellings;
  } rows[] = {
      {"+447700900123", {"+447700900123", "+4407700900123", "+44 07700 900123", "+44 (0)7700 900123"}},
      {"+525512345678", {"+525512345678", "+5215512345678", "+52 1 55 1234 5678", "+52 (1) 55-1234-5678"}},
      {"invalid_phone", {"+1206555012", "+1 206 555 012", "+1 (206) 555-012"}},
      {"+14155550123", {"+114155550123", "+1 1 415 555 0123", "+14155550123", "+1 415 555 0123"}},
      {"+33612345678", {"+33612345678", "+330612345678", "+33 06 12 34 56 78", "+33 (0)6 12 34 56 78"}},
      {"+4930123456", {"+4930123456", "+49030123456", "+49 (0)30 123456"}},
      {"+390612345678", {"+390612345678", "+39 06 1234 5678"}}, // the zero is part of the number
      {"+5491123456789", {"+5491123456789", "+54 9 11 2345 6789"}},
      {"+5511987654321", {"+5511987654321", "+55011987654321", "+55 0 11 98765-4321"}},
      {"invalid_phone", {"+1234567", "+1 234 567"}},
      {"invalid_phone", {"+9999999", "+999 9999"}},
      {"invalid_phone", {"+123456789012345", "+1 23456 789012345"}},
      {"+14155550123", {"＋１４１５５５５０１２３", "+١٤١٥٥٥٥٠١٢٣", "+१४१५ ५५५ ०१२३", "+𝟏415555𝟎𝟏𝟐𝟑"}},
      {"+14155550123",
       {"\u202A+14155550123\u202C", "\uFEFF+1415\u200B5550123\u2060", "+1\u00A0415\u00A0555\u00AD0123",
        "\u200E+1 415\u2011555\u20130123", "+1（415）555－0123", "+1 415\u2212555\u22120123"}},
  };
  for (const auto& row : rows) {
    for (const std::string_view text : row.spellings) {
      BOOST_TEST_CONTEXT(text) {
        BOOST_TEST(read(text) == row.outcome);
        BOOST_TEST(read(text, "FR") == row.outcome, "the default region does not matter after a +");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_read_stays_as_it_is) {
  if (!reads_any_phone_spelling()) return;
  for (const std::string country :
       {"1",  "7",  "20", "27", "33",  "34",  "39",  "44",  "49",  "52",  "54",
        "55", "81", "86", "91", "234", "353", "358", "376", "378", "598", "977"}) {
    for (const std::string begin : {"0", "00", "1", "11", "15", "9", "90", "01", "8", "80", "5", "7", "2"}) {
      for (const std::string end : {"12345", "1234567", "12345678", "123456789", "1234567890"}) {
        const std::string text = "+" + country + begin + end, once = read(text);
        if (is_e164(once)) BOOST_TEST(read(once) == once, text);
        BOOST_TEST(read("+" + country + ' ' + begin + ' ' + end) == once, text);
      }
    }
  }
}

// 06 12 34 56 78 is a French mobile; as a number of the United States it would have the right length.
BOOST_AUTO_TEST_CASE(without_a_country_code_it_must_be_a_number_of_the_default_region) {
  if (!reads_any_phone_spelling()) return;
  const struct {
    std::string_view text;
    std::string region, number;
  } cases[] = {
      {"06 12 34 56 78", "US", "invalid_phone"},
      {"0612345678", "US", "invalid_phone"},
      {"06 12 34 56 78", "FR", "+33612345678"},
      {"07700 900123", "US", "invalid_phone"},
      {"07911 123456", "GB", "+447911123456"},
      {"0116 496 0123", "US", "invalid_phone"}, // Leicester; 011 leads abroad from the United States
      {"0151 23456789", "US", "invalid_phone"},
      {"0151 23456789", "DE", "+4915123456789"},
      {"(415) 555-0123", "US", "+14155550123"},
      {"415 555 0123", "FR", "invalid_phone"},
      {"613 555 0123", "US", "+16135550123"}, // Canada's are dialled the same
      {"115 555 0123", "US", "invalid_phone"},
      {"٠٦ ١٢ ٣٤ ٥٦ ٧٨", "US", "invalid_phone"},
      {"٠٦ ١٢ ٣٤ ٥٦ ٧٨", "FR", "+33612345678"},
      {"55 1234 5678", "MX", "+525512345678"},
      {"011 33 6 12 34 56 78", "US", "+33612345678"},
      {"00 33 6 12 34 56 78", "GB", "+33612345678"},
      {"33612345678", "US", "invalid_phone"}, // a code without + is none
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text << " in " << c.region) {
      BOOST_TEST(read(c.text, c.region) == c.number);
    }
  const auto asked = read_phone("06 12 34 56 78", us);
  BOOST_TEST(asked.error().message.find("country code") != std::string::npos);
}

// These never ask the library, so it must agree.
BOOST_AUTO_TEST_CASE(what_is_not_looked_at_is_what_the_library_would_leave_alone) {
  if (!reads_any_phone_spelling()) return;
  for (int area = 200; area < 1000; area += 7) {
    for (const std::string rest : {"0000000", "1234567", "5550123", "9999999"}) {
      const std::string number = "+1" + std::to_string(area) + rest;
      BOOST_TEST(read(number) == number);
      BOOST_TEST(read("+1 " + number.substr(2)) == number);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_would_reach_someone_else_is_refused) {
  BOOST_TEST(read("415 555 0123 ext 9") == "invalid_phone"); // E.164 has no extensions
  BOOST_TEST(read("555-0123") == "invalid_phone");           // no area code
}

BOOST_AUTO_TEST_CASE(regions) {
  BOOST_TEST(is_phone_region("US"));
  BOOST_TEST(is_phone_region("DE"));
  for (const char* bad : {"", "U", "us", "USA", "1"}) BOOST_TEST(!is_phone_region(bad));
  if (reads_any_phone_spelling()) BOOST_TEST(!is_phone_region("QQ"));
}

BOOST_AUTO_TEST_CASE(numbers_as_people_read_them) {
  const bool library = reads_any_phone_spelling();
  BOOST_TEST(readable_phone("+12065550123") == (library ? "+1 206-555-0123" : "+12065550123"));
  BOOST_TEST(readable_phone("+34922602000") == (library ? "+34 922 60 20 00" : "+34922602000"));
  for (const std::string_view odd : {"+9991234567", ""})
    BOOST_TEST(readable_phone(odd).starts_with(odd.substr(0, 1)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
