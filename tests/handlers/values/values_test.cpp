#include "handlers/values/values.hpp"
#include "tests/handlers/fields/body.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::handlers {

namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

/// The code of the flaw, or "ok". No message may repeat the value, because that would put a patient's data
/// into logs and error trackers.
std::string verdict(const checked<>& found, std::string_view value) {
  if (found) return "ok";
  BOOST_TEST(!found.error().message.empty());
  if (value.size() > 3) BOOST_TEST(found.error().message.find(value) == std::string::npos);
  return std::string(found.error().code);
}

struct value_case {
  std::string value;
  std::string_view verdict;
};

template <class T>
checked<> refusal(const checked<T>& read) {
  return read ? checked<>() : read.error();
}

void check_name(const value_case& c) {
  BOOST_TEST_CONTEXT(c.value) {
    const checked<std::string_view> read = read_name(c.value);
    BOOST_TEST(verdict(refusal(read), c.value) == c.verdict);
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(input_values)

BOOST_AUTO_TEST_CASE(names) {
  const value_case cases[] = {
      {"Ann", "ok"},
      {"O'Brien-Smith, Jr.", "ok"},
      {"\xE5\xB1\xB1\xE7\x94\xB0", "ok"},
      {"  Ann  ", "ok"},
      {"A", "ok"},
      {repeat("x", 100), "ok"},
      {repeat("x", 101), "too_long"},
      {"  " + repeat("x", 100) + "\t\n", "ok"}, // trimmed first
      {repeat("\xF0\x9F\x98\x80", 100), "ok"},  // code points, not bytes
      {repeat("\xC3\xA9", 101), "too_long"},
      {"", "empty"},
      {"   ", "empty"},
      {"\xC2\xA0\xE3\x80\x80", "empty"},
      {"\xE3\x85\xA4\xE3\x85\xA4", "empty"},                      // fillers of Hangul
      {"\xE2\xA0\x80", "empty"},                                  // a blank pattern of Braille
      {"\xF3\xA0\x80\xA0", "empty"},                              // a tag
      {"\xE2\x80\x8D", "empty"},                                  // a joiner alone is invisible
      {"\xE2\x80\x8B\xE2\x80\x8B", "empty"},                      // so are zero width spaces
      {"\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8D\xE0\xA4\xB7", "ok"}, // ZWJ inside a Devanagari cluster
      {"\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE", "ok"},             // ZWNJ inside a Persian word
  };
  for (const value_case& c : cases) check_name(c);
  BOOST_TEST(read_name(" \xC2\xA0 Ann Lee\n").value() == "Ann Lee");
  for (const std::string around : {"\u200B", "\u2060", "\u200E", "\u200F", "\u061C", "\u00AD"})
    BOOST_TEST(read_name(around + " Ann Lee" + around).value() == "Ann Lee");
  for (const std::string_view whole : {"Ann \u2764\uFE0F", "\u0BB6\u0BCD\u200C", "\u0D9A\u0DCA\u200D"})
    BOOST_TEST(read_name(whole).value() == whole); // selectors and joiners belong to the name
}

BOOST_AUTO_TEST_CASE(characters_that_no_name_may_have) {
  const value_case cases[] = {
      {"a\nb", "forbidden_character"},
      {"a\tb", "forbidden_character"},
      {std::string("a\0b", 3), "forbidden_character"},
      {"a\x1B[31m", "forbidden_character"},
      {"a\x7F", "forbidden_character"},
      {"a\xC2\x9B"
       "b",
       "forbidden_character"}, // C1
      {"a\xE2\x80\xAE"
       "b",
       "forbidden_character"}, // U+202E
      {"a\xE2\x80\xAA"
       "b",
       "forbidden_character"}, // U+202A
      {"a\xE2\x81\xA6"
       "b",
       "forbidden_character"}, // U+2066
      {"a\xE2\x81\xA9"
       "b",
       "forbidden_character"}, // U+2069
      {"a\xE2\x80\xA8"
       "b",
       "forbidden_character"}, // U+2028
      {"\xEF\xBB\xBF"
       "Ann",
       "forbidden_character"}, // byte order mark
      {"\u202EAnn", "forbidden_character"},
      {"Ann\u2069 ", "forbidden_character"},
  };
  for (const value_case& c : cases) check_name(c);
}

BOOST_AUTO_TEST_CASE(provider_ids) {
  const value_case cases[] = {
      {"clinic-1", "ok"},
      {"A.b_c:d-9", "ok"},
      {"x", "ok"},
      {"-", "ok"},
      {repeat("p", 64), "ok"},
      {repeat("p", 65), "too_long"},
      {"", "empty"},
      {"a b", "forbidden_character"},
      {"a/b", "forbidden_character"},
      {"a|b", "forbidden_character"},
      {"{aa}", "forbidden_character"},
      {"\xC3\xA9", "forbidden_character"},
      {std::string("a\0", 2), "forbidden_character"},
      {"a\n", "forbidden_character"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.value) {
      BOOST_TEST(verdict(check_provider_id(c.value), c.value) == c.verdict);
    }
}

BOOST_AUTO_TEST_CASE(locales) {
  for (const std::string_view good :
       {"en", "EN", "de-CH", "zh-Hant-TW", "es-419", "sr-Latn-RS", "gsw", "de-DE-1996", "en-US-u-hc-h12",
        "yue-x-a1", "abcdefgh", "en-abcdefgh-abcdefgh-abcdefgh-12345", ""}) {
    BOOST_TEST_CONTEXT(good) {
      BOOST_TEST(read_locale(good).value() == good);
    }
  }
  BOOST_TEST(read_locale("en_US").value() == "en-US"); // as POSIX and Java write it
  BOOST_TEST(read_locale("zh_Hant_TW").value() == "zh-Hant-TW");
  for (const std::string_view bad :
       {"e",        "1n",   "en_",     "_",         "en__US",       "en_US.UTF-8", "en-",         "-en",
        "en--US",   "en-u", "en-US-x", "abcdefghi", "en-abcdefghi", "en US",       "en-\xC3\xA9", "x-private",
        "en.UTF-8", "e1",   "--",      "-",         "en-US-"}) {
    BOOST_TEST_CONTEXT(bad) {
      BOOST_TEST(verdict(refusal(read_locale(bad)), bad) == "invalid_locale");
    }
  }
  BOOST_TEST(verdict(refusal(read_locale("en" + repeat("-abcdefgh", 4))), "") == "too_long");
}

BOOST_AUTO_TEST_CASE(expiry_is_within_both_ends_and_the_message_names_them) {
  using std::chrono::seconds;
  BOOST_TEST(check_expires_in(60, seconds(60), seconds(3600)).has_value());
  BOOST_TEST(check_expires_in(3600, seconds(60), seconds(3600)).has_value());
  for (const std::int64_t bad :
       {std::int64_t{59}, std::int64_t{3601}, std::int64_t{0}, std::int64_t{-1}, INT64_MIN, INT64_MAX}) {
    const auto found = check_expires_in(bad, seconds(60), seconds(3600));
    BOOST_REQUIRE(!found.has_value());
    BOOST_TEST(found.error().code == "out_of_range");
    BOOST_TEST(found.error().message == "This must be between 60 and 3600 seconds.");
  }
}

BOOST_AUTO_TEST_CASE(redeem_keys) {
  const value_case cases[] = {
      {repeat("k", 16), "ok"},
      {repeat("k", 128), "ok"},
      {"abcXYZ019_-abcdefg", "ok"},
      {repeat("k", 15), "too_short"},
      {repeat("k", 129), "too_long"},
      {"", "too_short"},
      {"0123456789abcde.", "forbidden_character"},
      {"0123456789abcde=", "forbidden_character"},
      {"0123456789 abcdef", "forbidden_character"},
      {"0123456789abcde\xC3\xA9", "forbidden_character"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.value) {
      BOOST_TEST(verdict(check_redeem_key(c.value), c.value) == c.verdict);
    }
}

BOOST_AUTO_TEST_CASE(answers) {
  const value_case cases[] = {
      {"", "ok"},
      {"1980-02-29", "ok"},
      {repeat("\xC3\xA9", 200), "ok"},
      {repeat("\xC3\xA9", 201), "too_long"},
      {"a\nb", "forbidden_character"},
      {std::string("\0", 1), "forbidden_character"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.value) {
      BOOST_TEST(verdict(check_answer(c.value), c.value) == c.verdict);
    }
}

BOOST_AUTO_TEST_CASE(a_reference_is_visible_and_bounded) {
  std::string each_visible;
  for (char c = '!'; c <= '~'; ++c) each_visible += c;
  const std::string longest_wide = [] {
    std::string text;
    for (int i = 0; i < 128; ++i) text += "\U0001F600";
    return text;
  }();
  for (const std::string_view good : {std::string_view("a"), std::string_view(each_visible),
                                      std::string_view("\u00dc-\u4f8b/17"), std::string_view(longest_wide)})
    BOOST_TEST(*read_external_id(good) == good);
  BOOST_TEST(longest_wide.size() == 512U);
  for (const std::string_view around :
       {" ", "\t", "\r\n", "\u00A0", "\u3000", "\u200B", "\u200E", "\u00AD"}) {
    const std::string pasted = std::string(around) + "MRN-17" + std::string(around);
    BOOST_TEST(*read_external_id(pasted) == "MRN-17");
    BOOST_TEST(*read_external_id(around) == "");
  }
  BOOST_TEST(*read_external_id("") == "");
  for (const std::string_view bad :
       {"a b", "a\tb", "a\u00A0b", "a\u200Bb", "a\u200Db", "a\u00ADb", "a\u202Eb", "\u202Ea", "a\u2066",
        "\uFEFF"
        "a",
        "a\x7f",
        "\x01"
        "a",
        "a\u0085"
        "b",
        "a\u2028b", "a\u3164", "\u2800", "a\uFE0F"})
    BOOST_TEST((read_external_id(bad).error().code == "forbidden_character"), bad);
  for (const std::string& bad : {std::string(129, 'x'), longest_wide + "x"})
    BOOST_TEST((read_external_id(bad).error().code == "too_long"));
  BOOST_TEST(*read_external_id(' ' + std::string(128, 'x') + "\n") == std::string(128, 'x'));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
