// POST /invite/{invite_id}/redeem with answers as people type them: what is one answer, and what is none.
#include "tests/handlers/desk.hpp"

#include <vector>

namespace invited::test {
namespace {

struct typing : desk {
  using desk::desk;

  invite asks(std::string_view kind, std::string_view answer, std::string_view locale = "en-US") {
    return make(R"(,"locale":")" + std::string(locale) + R"(","challenge":{"kind":")" + std::string(kind) +
                R"(","answer":")" + std::string(answer) + "\"}");
  }
  response answer(const invite& of, std::string_view text) {
    return redeem(of, R"({"redeem_key":"0123456789abcdef","answer":")" + std::string(text) + "\"}");
  }
  response type(const invite& of, std::string_view text) {
    return send_form(of.link + "/redeem", "redeem_key=0123456789abcdef&answer=" + std::string(text));
  }
};

BOOST_FIXTURE_TEST_SUITE(typed_answer, typing)

BOOST_AUTO_TEST_CASE(a_code_opens_however_it_is_spelt) {
  const struct {
    std::string_view code;
    std::vector<std::string_view> spellings;
  } rows[] = {
      {"Ñandú1", {"Ñandú1", "ñandú1", "ÑANDÚ1", "N\u0303andu\u0301-1", "n\u0303ANDU\u0301 1"}},
      {"n\u0303andu\u0301-1", {"ÑANDÚ1", "Ñandú1"}},
      {"483920", {"483920", "٤٨٣٩٢٠", "４８３９２０", "𝟒𝟖𝟑-𝟗𝟐𝟎", "۴۸۳ ۹۲۰", "\u200B483920\u00A0"}},
      {"٤٨٣٩٢٠", {"483920"}},
      {"Straße-7", {"STRASSE7", "strasse 7"}},
      {"ΟΔΟΣ12", {"οδος12"}},
  };
  for (const auto& row : rows) {
    for (const std::string_view text : row.spellings)
      BOOST_TEST(told(answer(asks("code", row.code), text)) == "200", row.code << " by " << text);
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_code_is_one_attempt_in_however_many_forms) {
  const invite of = asks("code", "Ñandú1");
  unsigned left = 5;
  for (const std::string_view wrong : {"ÑANDÚ2", "Ñandú٣", "N\u0303andu\u0301 4"})
    BOOST_TEST(member(answer(of, wrong), "remaining_attempts") == std::to_string(--left));
  // The last one again, in other spellings, is a double click.
  for (const std::string_view again : {"ñandú4", "ÑANDÚ-4", "Ñandú４"})
    BOOST_TEST(member(answer(of, again), "remaining_attempts") == std::to_string(left));
  BOOST_TEST(told(answer(of, "ÑANDÚ1")) == "200");
}

BOOST_AUTO_TEST_CASE(a_renewed_invite_asks_for_the_same_code) {
  const invite old = asks("code", "Ñandú1");
  const response renewed = post(old.item + "/renew", admin);
  BOOST_REQUIRE(renewed.status == 200);
  const invite next{member(renewed, "invite_id"), member(renewed, "ref")};
  BOOST_TEST(told(answer(next, "N\u0303ANDU\u0301 1")) == "200");
}

BOOST_AUTO_TEST_CASE(a_birth_date_opens_in_digits_of_every_script) {
  for (const std::string_view text :
       {"1980-02-09", "١٩٨٠-٠٢-٠٩", "１９８０－０２－０９", "1980–02–09", "\u200B1980-02-09 "})
    BOOST_TEST(told(answer(asks("birth_date", "1980-02-09"), text)) == "200", text);
  for (const auto& [locale, text] : {std::pair{"ar", "٠٩/٠٢/١٩٨٠"},
                                     {"ur", "۰۹/۰۲/۱۹۸۰"},
                                     {"ja", "１９８０／２／９"},
                                     {"de", "09.02.1980"}})
    BOOST_TEST(type(asks("birth_date", "1980-02-09", locale), text).status == 303U, text);
  BOOST_TEST(told(answer(asks("birth_date", "١٩٨٠-٠٢-٠٩"), "1980-02-09")) == "200");
}

BOOST_AUTO_TEST_CASE(a_birth_date_that_nobody_has_costs_no_attempt) {
  const invite of = asks("birth_date", "1980-02-09");
  for (int i = 0; i < 2; ++i) {
    for (const auto& [text, flaw] : {std::pair{"2980-02-09", "out_of_range"},
                                     {"9999-12-31", "out_of_range"},
                                     {"1899-12-31", "invalid_date"},
                                     {"0001-01-01", "invalid_date"}})
      BOOST_TEST(told(answer(of, text)) == "422 invalid_content /answer:" + std::string(flaw), text);
    const response page = type(of, "02/09/2980");
    BOOST_TEST(page.status == 422U);
    BOOST_TEST(contains(page.body, "This day is still to come."));
  }
  BOOST_TEST(member(answer(of, "1980-02-10"), "remaining_attempts") == "4");
  BOOST_TEST(told(answer(of, "1980-02-09")) == "200");
}

BOOST_AUTO_TEST_CASE(blanks_around_an_answer_do_not_count_and_alone_are_none) {
  for (const std::string_view around :
       {" ", "\\t", "\\r\\n", "\u00A0", "\u200B", "\uFEFF", "\u202A", "\u3000"}) {
    const std::string pad(around);
    const invite code = asks("code", "X7K2"), date = asks("birth_date", "1980-02-09");
    for (int i = 0; i < 6; ++i) {
      BOOST_TEST(answer(code, pad).status == 422U, pad);
      BOOST_TEST(answer(date, pad).status == 422U, pad);
    }
    BOOST_TEST(told(answer(code, pad + "X7K2" + pad)) == "200", pad);
    BOOST_TEST(told(answer(date, pad + "1980-02-09" + pad)) == "200", pad);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
