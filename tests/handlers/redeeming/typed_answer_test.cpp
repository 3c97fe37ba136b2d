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
};

BOOST_FIXTURE_TEST_SUITE(typed_answer, typing)

BOOST_AUTO_TEST_CASE(a_code_opens_however_it_is_spelt) {
  const struct {
    std::string_view code;
    std::vector<std::string_view> spellings;
  } rows[] = {
      {"Ñandú1", {"Ñandú1", "ñandú1", "ÑANDÚ1", "N\u0303andu\u0301-1", "n\u0303ANDU\u0301 1"}},
      {"n\u0303andu\u0301-1", {"ÑANDÚ1", "Ñandú1"}},
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
  for (const std::string_view wrong : {"ÑANDÚ2", "Ñandú3", "N\u0303andu\u0301 4"})
    BOOST_TEST(member(answer(of, wrong), "remaining_attempts") == std::to_string(--left));
  // The last one again, in other spellings, is a double click.
  for (const std::string_view again : {"ñandú4", "ÑANDÚ-4", "Ñandú-4"})
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

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
