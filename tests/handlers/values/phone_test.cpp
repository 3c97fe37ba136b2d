#include "handlers/values/phone.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

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
    BOOST_TEST(read(text) == text);
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
        "12345678901234567890", "a@b.org", "\xF0\x9F\x93\x9E", "+1415555012\xE2\x80\xAE"})
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
