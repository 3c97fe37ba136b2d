#include "handlers/staff/password_rules.hpp"

#include "handlers/assets/asset.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

using namespace invited::handlers;

namespace {

constexpr password_owner grey{"Grey@clinic.example", "Meredith O'Grey"};

std::string verdict(std::string_view typed, const password_owner& of = grey) {
  const auto found = check_new_password(typed, of);
  if (found) return "";
  BOOST_TEST(!found.error().message.empty());
  if (typed.size() > 4) BOOST_TEST(found.error().message.find(typed) == std::string::npos);
  return std::string(found.error().code);
}

std::string times(int count, std::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

void check(std::string_view code, std::initializer_list<std::string> all, const password_owner& of = grey) {
  for (const std::string& one : all) BOOST_TEST(verdict(one, of) == code, one.substr(0, 60));
}

} // namespace

BOOST_AUTO_TEST_SUITE(password_rules)

BOOST_AUTO_TEST_CASE(good_passwords) {
  check("", {"a phrase of some length", "correct horse battery", "Th1s-is-not-bad!", "k7#Qz9!mP2$xW5v",
             "4f8a2c91e07d3b6", "834756102938475", "no capitals or digits", "!@#$%^&*()_+{}|:",
             times(2, "a phrase of ours"), "grey skies over the old harbour", "invited to tea at four",
             "password of the year is not this", std::string(1003, ' ') + "but twenty at the end"});
  // Fifteen characters of three bytes each. An emoji counts as one.
  check("",
        {"\xE6\x82\xA3\xE8\x80\x85\xE3\x81\xAE\xE7\xA7\x98\xE5\xAF\x86\xE3\x82\x92\xE5\xAE\x88\xE3\x82\x8B"
         "\xE7\x9F\xAD\xE3\x81\x84\xE8\xA8\x80\xE8\x91\x89\xE3\x81\xA7\xE3\x81\x99\xE3\x80\x82",
         "fourteen and \xF0\x9F\xA9\xBA "});
}

BOOST_AUTO_TEST_CASE(how_long_it_is) {
  check("too_short", {"", "x", "fourteen chars", times(14, "\xC3\xA9"), "fourteencharse\xCC\x81"});
  check("", {"fifteen charact", "fourteen chars\xC3\xA9", "a 7 % \xC3\xA9 \xC3\xBC \xC3\xB1 ? 0"});
  check("too_long", {std::string(1025, 'x'), times(513, "\xC3\xA9")});
  BOOST_TEST(verdict(times(16, "the sixty-four characters of this are repeated as often as may be.")
                         .substr(0, 1024)) == "");
}

BOOST_AUTO_TEST_CASE(what_is_not_text) {
  using namespace std::string_literals;
  check("forbidden_character",
        {"a tab\tis not typed"s, "nor is a NUL \0 anywhere"s, "or no UTF-8: \xff\xff\xff\xff"s,
         "or C1 controls \xC2\x85 at all"s, "a line end, too\n"s});
}

BOOST_AUTO_TEST_CASE(what_many_people_have) {
  check("too_common", {"123456789012345", "987654321098765432", "abcdefghijklmno", "zyxwvutsrqponml",
                       "1234567890123456!", "abcdefghijkl123", "invited12345678", "Invited-Invited"});
  if (assets::common_passwords.empty()) return;
  check("too_common", {"passwordpassword",
                       "PasswordPassword",
                       "password1234567",
                       "1234567password!!",
                       "Password1Password2",
                       "password-password",
                       "password password",
                       "pass word 1234567",
                       "p.a.s.s.w.o.r.d",
                       "PASSWORD!!!!!!!!",
                       "trustno1!!!!!!!!",
                       "Trustno12345678",
                       "trustno1trustno1",
                       "monkeymonkeymon",
                       "dragon-dragon-dragon",
                       "iloveyou2024!!!!",
                       "dog456789012345",
                       "q1w2e3r4t5y6u7i8",
                       "1q2w3e4r5t6y7u8i9",
                       "qwertyuiop12345",
                       "\xEF\xBD\x90\xEF\xBD\x81\xEF\xBD\x93\xEF\xBD\x93\xEF\xBD\x97\xEF\xBD\x8F\xEF\xBD\x92"
                       "\xEF\xBD\x84 1234567"}); // in full width
}

BOOST_AUTO_TEST_CASE(the_owners_own_name) {
  check("is_user_name",
        {"grey@clinic.example", "GREY@CLINIC.EXAMPLE", "grey@clinic.example2024", "!!grey@clinic.example!!",
         "grey123456789012", "1234567890-GREY", "greygreygreygrey", "grey grey grey grey",
         "Grey1Grey2Grey3Grey4", "meredith o'grey", "MeredithOGrey2024", "meredith1234567!",
         "o'grey-o'grey-o'grey", "MeredithMeredith"});
  check("", {"grey and meredith", "greys anatomy rules", "clinic.example 4711"});
  check("is_user_name", {"user-7-user-7-user-7", "user-7!!!!!!!!!", "uuuuuser77777777"},
        {.username = "user-7", .name = "uuuuuser"});
  check("is_user_name", {"a23456789012345"}, {.username = "a"});
  check("is_user_name", {"123451234512345"}, {.username = "12345"});
  check("is_user_name",
        {"Zo\xC3\x8B 12345678901", "zoe\xCC\x88"
                                   "1234567890123"},
        {.username = "z", .name = "Zo\xC3\xAB  "});
  check("is_user_name", {"lala lala lala lala"}, {.username = "lala"});
  check("", {"zwitscher mit 14 !"}, {.username = "@", .name = "   "});
}

BOOST_AUTO_TEST_CASE(repetitions) {
  check("too_repetitive", {times(15, "\xC3\xA9"), times(1024, "\xC2\xBF").substr(0, 1024), times(20, "!"),
                           "k7#Qz9!mk7#Qz9!m", times(4, "xqz7"), "?!?!?!?!?!?!?!?!", "xkxkxkxkxkxk1234",
                           "zzxqzzxqzzxq!!!!!", std::string(1024, ' ')});
  BOOST_TEST(verdict("aaaaaaaaaaaaaaa") != "");
  BOOST_TEST(verdict("11aaaaaaaaaaa11") != "");
  BOOST_TEST(verdict("abcabcabcabcabc") != "");
}

/// Passwords from generators are not refused: each character is drawn at random.
BOOST_AUTO_TEST_CASE(random_passwords_are_good) {
  std::mt19937 random(4711); // NOLINT: the same every time
  const std::string_view alphabets[] = {"abcdefghijklmnopqrstuvwxyz",
                                        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                                        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"};
  for (const std::string_view alphabet : alphabets) {
    int refused = 0;
    std::uniform_int_distribution<std::size_t> one(0, alphabet.size() - 1);
    for (int i = 0; i < 2000; ++i) {
      std::string made;
      while (made.size() < 16) made += alphabet[one(random)];
      if (!verdict(made).empty()) ++refused;
    }
    BOOST_TEST(refused == 0, alphabet);
  }
}

/// Whatever is typed, the check ends soon: it has no quadratic search.
BOOST_AUTO_TEST_CASE(hostile_texts_are_judged_like_any_other) {
  std::string marks = "e", mixed;
  while (marks.size() + 2 <= 1024) marks += marks.size() % 4 < 2 ? "\xCC\xA3" : "\xCC\x81";
  while (mixed.size() + 9 <= 1024) mixed += "aA1!\xC3\x9F\xE3\x80\x80";
  verdict(marks);
  verdict(mixed);
  verdict(std::string(512, 'a') + std::string(511, 'b') + 'a');
  std::mt19937 random(1); // NOLINT
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(random() % 64, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    verdict(bytes);
  }
}

BOOST_AUTO_TEST_SUITE_END()
