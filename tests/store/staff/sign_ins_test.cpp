#include "store/keys/keys.hpp"
#include "tests/store/staff/staff_fixture.hpp"

namespace invited::test {
namespace {

using store::sign_ins;

constexpr std::int64_t noon = 1'700'049'600'000;
constexpr std::int64_t minute = 60'000;

struct signed_in {
  moved_clock clock{noon};
  redis_server redis{clock};
  staff_side side{redis}, other{redis};
  std::string token;

  signed_in() {
    side.add(an_account());
    token = side.run(side.sign_ins.begin(an_account(), noon)).value();
  }

  void at(std::int64_t minutes) { clock.stand_at(noon + minutes * minute); }
};

BOOST_FIXTURE_TEST_SUITE(staff_sign_ins, signed_in)

BOOST_AUTO_TEST_CASE(its_token_opens_it_everywhere) {
  for (staff_side* s : {&side, &other}) {
    const auto found = s->open(token);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->who.username == "Grey@clinic.example");
    BOOST_TEST(found->expires_at == noon + 30 * minute);
    BOOST_TEST(!found->token.has_value());
  }
  const std::string another = side.run(side.sign_ins.begin(an_account(), noon)).value();
  BOOST_TEST(another != token);
}

BOOST_AUTO_TEST_CASE(nothing_else_does) {
  std::string flipped = token;
  flipped.back() = flipped.back() == 'A' ? 'Q' : 'A';
  std::string other_account = token;
  other_account.front() = other_account.front() == 'A' ? 'B' : 'A';
  for (const std::string& wrong : {std::string(), std::string("x"), flipped, other_account, token + "A",
                                   token.substr(1), std::string(64, 'A'), std::string(100'000, 'A')})
    BOOST_TEST(!side.open(wrong).has_value());
}

BOOST_AUTO_TEST_CASE(an_invented_one_is_recognised_without_redis) {
  BOOST_TEST((side.sign_ins.account_of(token) == side.accounts.name_of("grey@clinic.example")));
  BOOST_TEST((other.sign_ins.account_of(token) == side.accounts.name_of("grey@clinic.example")));
  const std::uint64_t calls = side.connection().counts().calls;
  for (const std::size_t at : {std::size_t{0}, std::size_t{30}, token.size() - 10}) {
    std::string invented = token;
    invented[at] = invented[at] == 'A' ? 'B' : 'A';
    BOOST_TEST(!side.sign_ins.account_of(invented));
    BOOST_TEST(!side.open(invented).has_value());
    BOOST_TEST(!side.run(side.sign_ins.end(invented)).has_error());
  }
  BOOST_TEST(side.connection().counts().calls == calls);
}

BOOST_AUTO_TEST_CASE(it_ends_when_it_is_not_used) {
  at(14);
  BOOST_TEST(!side.open(token)->token.has_value()); // it is used, but more than half of its time is left
  at(30);
  BOOST_TEST(!side.open(token).has_value());
}

BOOST_AUTO_TEST_CASE(past_half_it_is_prolonged) {
  at(15);
  BOOST_TEST(!side.open(token)->token.has_value());
  at(16);
  const auto longer = side.open(token);
  BOOST_REQUIRE(longer.has_value());
  BOOST_TEST((longer->token == token));
  BOOST_TEST(longer->expires_at == noon + 46 * minute);
  BOOST_TEST((longer->left == sign_ins::idle));
  BOOST_TEST(!other.open(token)->token.has_value());
  at(45);
  BOOST_TEST(other.open(token).has_value());
}

BOOST_AUTO_TEST_CASE(twelve_hours_are_the_end) {
  for (std::int64_t m = 0; m < 12 * 60; m += 20) {
    at(m);
    const auto found = side.open(token);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->expires_at <= noon + 12 * 60 * minute);
  }
  at(12 * 60 - 1);
  const auto last = side.open(token);
  BOOST_REQUIRE(last.has_value());
  BOOST_TEST(last->expires_at == noon + 12 * 60 * minute);
  BOOST_TEST(!last->token.has_value()); // it cannot be prolonged any more
  at(12 * 60);
  BOOST_TEST(!side.open(token).has_value());
}

BOOST_AUTO_TEST_CASE(a_ttl_that_was_tampered_with_gives_no_more) {
  const std::string keys = redis.command({"KEYS", "sin:*"});
  const std::string key = keys.substr(keys.find("sin:"), keys.rfind("\r\n") - keys.find("sin:"));
  redis.command({"PEXPIREAT", key, std::to_string(noon + 100 * 60 * minute)});
  BOOST_TEST(side.open(token).has_value());
  redis.command({"PERSIST", key});
  BOOST_TEST(!side.open(token).has_value());
  redis.command({"PEXPIREAT", key, std::to_string(noon + 100 * 60 * minute)});
  at(12 * 60);
  BOOST_TEST(!side.open(token).has_value());
}

BOOST_AUTO_TEST_CASE(signed_out_it_has_ended_and_only_it) {
  const std::string second = side.run(side.sign_ins.begin(an_account(), noon)).value();
  BOOST_TEST(!side.run(side.sign_ins.end(token)).has_error());
  for (staff_side* s : {&side, &other}) {
    BOOST_TEST(!s->open(token).has_value());
    BOOST_TEST(s->open(second).has_value());
  }
  BOOST_TEST(!side.run(side.sign_ins.end(token)).has_error()); // again
  BOOST_TEST(!side.run(side.sign_ins.end("nonsense")).has_error());
}

BOOST_AUTO_TEST_CASE(everywhere_means_all_of_the_account) {
  const std::string second = side.run(side.sign_ins.begin(an_account(), noon)).value();
  store::account root = an_account("root");
  side.add(root);
  const std::string roots = side.run(side.sign_ins.begin(root, noon)).value();
  side.change("grey@clinic.example", [](store::account& a) { store::end_sign_ins(a, noon); });
  for (const std::string& ended : {token, second}) BOOST_TEST(!other.open(ended).has_value());
  BOOST_TEST(other.open(roots).has_value());
  const std::string stale = side.run(side.sign_ins.begin(an_account(), noon)).value(); // read before that
  BOOST_TEST(!other.open(stale).has_value());
  const std::string fresh = side.run(side.sign_ins.begin(*side.find("grey@clinic.example"), noon)).value();
  BOOST_TEST(other.open(fresh).has_value());
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_out_at_once) {
  side.change("grey@clinic.example", [](store::account& a) { a.disabled = true; });
  BOOST_TEST(!other.open(token).has_value());
  redis.command({"DEL", std::string(store::staff_key("usr", side.accounts.name_of("grey@clinic.example")))});
  BOOST_TEST(!other.open(token).has_value());
}

BOOST_AUTO_TEST_CASE(a_sign_in_cannot_be_moved_to_another_account) {
  side.add(an_account("root"));
  const std::string roots = side.run(side.sign_ins.begin(an_account("root"), noon)).value();
  const std::string keys = redis.command({"KEYS", "sin:*"});
  std::vector<std::string> found;
  for (std::size_t at = keys.find("sin:"); at != keys.npos; at = keys.find("sin:", at + 1))
    found.push_back(keys.substr(at, keys.find("\r\n", at) - at));
  BOOST_REQUIRE(found.size() == 2U);
  redis.command({"RENAME", found[0], "x"});
  redis.command({"RENAME", found[1], found[0]});
  redis.command({"RENAME", "x", found[1]});
  for (const std::string& t : {token, roots}) {
    const auto opened = side.run(side.sign_ins.find(t));
    BOOST_TEST((opened.has_error() && opened.error() == store::errc::corrupt));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
