#include "handlers/values/values.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::handlers {

namespace {

std::string verdict(std::string_view text) {
  const auto found = check_email(text);
  if (found) return "ok";
  if (text.size() > 3) BOOST_TEST(found.error().message.find(text) == std::string::npos);
  return std::string(found.error().code);
}

std::string of(std::size_t n) {
  return std::string(n, 'a');
}

} // namespace

BOOST_AUTO_TEST_SUITE(input_email)

BOOST_AUTO_TEST_CASE(good_addresses) {
  for (const std::string_view text : {
           "ann@example.org", "a@b.co", "ann.lee+chat@mail.example.co.uk", "!#$%&'*+/=?^_`{|}~-@example.org",
           "1@2.example", "ann@xn--bcher-kva.example", "ann@example.xn--p1ai", "ann@a-b.c-d.org",
           "ann@1.2.3.4.org",
           "j\xC3\xB6rg@b\xC3\xBC"
           "cher.example", // RFC 6531
           "\xE7\x94\xA8\xE6\x88\xB7@\xE4\xBE\x8B\xE5\xAD\x90.\xE5\xB9\xBF\xE5\x91\x8A",
           "\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8D\xE0\xA4\xB7@example.org", // with ZWJ
       })
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(verdict(text) == "ok");
    }
}

BOOST_AUTO_TEST_CASE(bad_addresses) {
  for (const std::string_view text : {
           "@",
           "a",
           "a@",
           "@b.org",
           "ann.example.org",
           "ann@example",
           "ann@localhost",
           "a@b@c.org",
           "a..b@c.org",
           ".a@c.org",
           "a.@c.org",
           "a@.org",
           "a@c.",
           "a@c..org",
           "a@c.org.",
           "a@-c.org",
           "a@c-.org",
           "a@c_d.org",
           "a@[127.0.0.1]",
           "a@127.0.0.1",
           "a@c.123",
           "\"a\"@c.org",
           "a(b)@c.org",
           "a,b@c.org",
           "a@c.org,d@e.org",
           "<a@c.org>",
           "a:b@c.org",
           "a;b@c.org",
           "a\\b@c.org",
           "[a]@c.org",
           "a@c!d.org",
           "a@c/d.org",
           "a@b\xE3\x80\x82"
           "c.org", // U+3002, a dot to browsers
           "a@b.c\xEF\xBC\x8E"
           "org", // U+FF0E
           "a@b.c\xEF\xBD\xA1"
           "org", // U+FF61
       })
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(verdict(text) == "invalid_email");
    }
}

BOOST_AUTO_TEST_CASE(forbidden_characters_in_either_part) {
  for (const std::string_view bad : {
           " ",
           "\t",
           "\n",
           "\r\n",
           "\x01",
           "\x1F",
           "\x7F",
           "\xC2\x80",
           "\xC2\x9F", // C1
           "\xC2\xA0",
           "\xE2\x80\xAF",
           "\xE3\x80\x80", // white space beyond ASCII
           "\xE2\x80\x8B",
           "\xE2\x80\x8E",
           "\xE2\x80\x8F",
           "\xE2\x81\xA0",
           "\xC2\xAD", // invisible
           "\xE2\x80\xAA",
           "\xE2\x80\xAE",
           "\xE2\x81\xA6",
           "\xE2\x81\xA9",
           "\xEF\xBB\xBF",
           "\xE2\x80\xA8",
       })
    for (const std::string& text :
         {"a" + std::string(bad) + "b@example.org", "ab@exa" + std::string(bad) + "mple.org",
          std::string(bad) + "ab@example.org", "ab@example.org" + std::string(bad)})
      BOOST_TEST_CONTEXT(text) {
        BOOST_TEST(verdict(text) == "forbidden_character");
      }
  BOOST_TEST(verdict(std::string_view("a\0b@c.org", 9)) == "forbidden_character");
}

BOOST_AUTO_TEST_CASE(lengths) {
  BOOST_TEST(verdict("") == "empty");
  BOOST_TEST(verdict(of(64) + "@example.org") == "ok");
  BOOST_TEST(verdict(of(65) + "@example.org") == "too_long");
  BOOST_TEST(verdict("a@" + of(63) + ".org") == "ok");
  BOOST_TEST(verdict("a@" + of(64) + ".org") == "invalid_email");
  // 64 + 1 + 63 + 1 + 63 + 1 + 61 = 254
  const std::string head = of(64) + "@" + of(63) + "." + of(63) + ".";
  BOOST_TEST(verdict(head + of(61)) == "ok");
  BOOST_TEST(verdict(head + of(62)) == "too_long");
  // Bytes and not code points: 33 letters of two bytes make a local part of 66.
  std::string local;
  for (int i = 0; i < 32; ++i) local += "\xC3\xB6";
  BOOST_TEST(verdict(local + "@example.org") == "ok");
  BOOST_TEST(verdict(local + "\xC3\xB6@example.org") == "too_long");
  // The xn-- form limits a label beyond ASCII.
  std::string label;
  for (int i = 0; i < 59; ++i) label += "\xC3\xB6";
  BOOST_TEST(verdict("a@" + label + ".org") == "ok");
  BOOST_TEST(verdict("a@" + label + "\xC3\xB6.org") == "invalid_email");
}

BOOST_AUTO_TEST_CASE(every_ascii_byte_in_the_local_part) {
  constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~";
  for (unsigned c = 1; c < 0x80; ++c) {
    const char byte = static_cast<char>(c);
    const bool good = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                      (byte >= 'a' && byte <= 'z') || signs.find(byte) != std::string_view::npos ||
                      byte == '.';
    const std::string text = std::string("a") + byte + "b@example.org";
    BOOST_TEST_CONTEXT(c) {
      BOOST_TEST((verdict(text) == "ok") == good);
    }
  }
}

// What a mail program, a table or a chat leaves around an address.
BOOST_AUTO_TEST_CASE(what_a_paste_leaves_around_it_does_not_count) {
  for (const std::string around :
       {" ",      "\t",     "\r\n",   "\u00A0", "\u202F", "\u3000", "\u200B",
        "\uFEFF", "\u2060", "\u200E", "\u200F", "\u061C", "\u202A", "\u202C",
        "\u2068", "\u2069", "\u00AD", "\u180E", "\u2028", "\u0085", " \u00A0\u200B\t"}) {
    for (const std::string& text : {around + "ann@example.org", "ann@example.org" + around,
                                    around + "ann@example.org" + around + around})
      BOOST_TEST_CONTEXT(text) BOOST_TEST(*read_email(text) == "ann@example.org");
    BOOST_TEST((read_email(around).error().code == "empty"));
    BOOST_TEST(*read_optional_email(around) == "");
  }
  BOOST_TEST(*read_email("ann@example.org") == "ann@example.org");
  BOOST_TEST(*read_optional_email(" ann@example.org ") == "ann@example.org");
  BOOST_TEST((read_optional_email("ann").error().code == "invalid_email"));
  for (const std::string_view text :
       {"ann @example.org", "ann@ example.org", "ann@exam\u200Bple.org", "a\u00A0b@c.org"})
    BOOST_TEST((read_email(text).error().code == "forbidden_character"), text);
  const std::string longest = of(64) + "@" + of(63) + "." + of(63) + "." + of(61);
  const std::string pasted = "  " + longest + "\u00A0";
  BOOST_TEST(*read_email(pasted) == longest);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
