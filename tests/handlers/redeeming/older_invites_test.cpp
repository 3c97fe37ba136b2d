// Invites that older servers made, from before codes were folded and e-mail domains were compared as
// A-labels.
#include "tests/handlers/desk.hpp"
#include "tests/handlers/redeeming/older_invites.hpp"

#include "store/crypto/hex.hpp"

namespace invited::test {
namespace {

std::string bytes_of(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    out += static_cast<char>(store::hex_value(hex[i]) * 16 + store::hex_value(hex[i + 1]));
  return out;
}

std::string packed(std::int64_t ms) {
  std::string out;
  for (int shift = 40; shift >= 0; shift -= 8) out += static_cast<char>(ms >> shift & 0xff);
  return out;
}

struct older : desk {
  using desk::desk;

  /// Puts a recorded invite into Redis, made an hour ago and open for a day. Nothing else of it is changed.
  invite restore(const recorded_invite& of) {
    const store::invite_id id = store::parse_invite_id(of.id).value();
    const store::invite_ref ref = store::ref_of(id);
    const std::int64_t now = std::time(nullptr) * 1000, hour = 3'600'000, expires = now + 24 * hour;
    std::string ledger = bytes_of(of.ledger);
    ledger.replace(8, 12, packed(now - hour) + packed(expires));
    const std::string due(store::as_text(ref.h)), provider = "clinic-1";
    redis.command({"SET", std::string(store::invite_key("log", ref.tag, ref.h)), ledger});
    redis.command({"SET", std::string(store::invite_key("inv", ref.tag, ref.h)), "1"});
    redis.command(
        {"XADD", std::string(store::provider_key("idx", ref.tag, provider)), "*", "h", due, "c", ""});
    redis.command(
        {"ZADD", std::string(store::group_key("due", ref.tag)), std::to_string(expires), due + provider});
    return {std::string(of.id), store::to_text(ref)};
  }
  response answer(const invite& of, std::string_view text) {
    return redeem(of, R"({"answer":")" + std::string(text) + "\"}");
  }
};

BOOST_FIXTURE_TEST_SUITE(older_invites, older)

BOOST_AUTO_TEST_CASE(each_opens_by_the_code_that_it_was_made_with) {
  for (const recorded_invite& one : recorded_invites) {
    const response out = answer(restore(one), one.code);
    BOOST_TEST(told(out) == "200", one.code);
    BOOST_TEST(member(out, "email") == "X@EXÄMPLE.org");
  }
}

BOOST_AUTO_TEST_CASE(what_did_not_count_then_does_not_count_now) {
  const recorded_invite& one = recorded_invites[0];
  BOOST_REQUIRE(one.code == "Ñandú-1");
  for (const std::string_view text : {"Ñandú1", "ÑANDú 1", "Ñ\u200Bandú\u20131"})
    BOOST_TEST(told(answer(restore(one), text)) == "200", text);
}

BOOST_AUTO_TEST_CASE(a_miss_is_one_attempt) {
  const invite of = restore(recorded_invites[0]);
  unsigned left = 5;
  for (const std::string_view wrong : {"Ñandú2", "ÑANDÚ3", "ñandú1", "N\u0303andu\u0301 4"})
    BOOST_TEST(member(answer(of, wrong), "remaining_attempts") == std::to_string(--left), wrong);
  BOOST_TEST(told(answer(of, "Ñandú-1")) == "200");
}

BOOST_AUTO_TEST_CASE(a_renewed_one_folds_its_code) {
  const struct {
    std::size_t which;
    std::string_view answer;
  } cases[] = {{0, "ÑANDÚ1"}, {1, "Ñandú1"}, {2, "483920"}, {3, "ab-12"}, {4, "x7k2"}};
  for (const auto& c : cases) {
    const response renewed = post(restore(recorded_invites[c.which]).item + "/renew", admin);
    BOOST_REQUIRE_MESSAGE(renewed.status == 200, renewed.body);
    const invite next{member(renewed, "invite_id"), member(renewed, "ref")};
    BOOST_TEST(told(answer(next, c.answer)) == "200", c.answer);
  }
}

BOOST_AUTO_TEST_CASE(a_search_finds_it_by_its_email_as_it_was_typed) {
  const invite of = restore(recorded_invites[0]);
  const response page = get("/invites?email=x%40EX%C3%84MPLE.ORG", grey);
  BOOST_TEST(member(page, "ref") == of.ref);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
