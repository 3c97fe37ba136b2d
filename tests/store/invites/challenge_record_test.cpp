// The challenge of an invite: what Redis keeps of it, and for how long.
#include "tests/store/invites/challenge_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::test {
namespace {

using kind = store::redeem_outcome::kind;
using store::challenge;
using store::challenge_kind;

BOOST_FIXTURE_TEST_SUITE(challenge_records, challenged)

BOOST_AUTO_TEST_CASE(a_server_without_the_key_counts_nothing) {
  const store::created_invite invite = made();
  store_side stranger(redis, std::string(second_seal_line).append(test_index_line));
  const challenge wrong = guess(1);
  const auto refused = stranger.run(stranger.invites().redeem(invite.ref, "", &wrong, a_patient));
  BOOST_TEST((refused.has_error() && refused.error() == store::errc::key_unavailable));
  BOOST_TEST(answer(invite, guess(2)).attempts_left == 4U);
}

BOOST_AUTO_TEST_CASE(erasing_takes_the_answers_away) {
  const store::created_invite invite = made();
  guess_wrong(invite, 2);
  const store::provider_scope all = store::provider_scope::all();
  const auto erased =
      side.run(side.invites().end(invite.ref, all, store::ending::erase, a_clinician)).value();
  BOOST_TEST(!erased->invite.record);
  BOOST_TEST(redis.command({"STRLEN", log_key(invite)}) == ":83\r\n"); // 75 bytes and "clinic-1"
  const auto seen = side.run(side.invites().view(invite.ref, {}, false, a_patient)).value();
  BOOST_TEST(!seen->asks_for);
  BOOST_TEST((answer(invite, right).what == kind::revoked));
  BOOST_TEST(
      (side.run(side.invites().end(invite.ref, all, store::ending::erase, a_clinician)).value()->what ==
       store::ending_outcome::kind::done)); // again
}

BOOST_AUTO_TEST_CASE(the_challenge_is_part_of_what_an_idempotency_key_stands_for) {
  store::new_invite wanted = some_invite();
  wanted.idempotency_key = {"issuer", "dr.grey", "/generate_invite", "key-1"};
  wanted.challenge = &right;
  BOOST_TEST(!side.create(wanted).invite.replayed);
  BOOST_TEST(side.create(wanted).invite.replayed);
  const challenge as_date{challenge_kind::birth_date, right.answer}, other = guess(1);
  for (const challenge* another : {&as_date, &other, static_cast<const challenge*>(nullptr)}) {
    wanted.challenge = another;
    BOOST_TEST((side.create(wanted).what == store::create_outcome::kind::key_reused));
  }
}

BOOST_AUTO_TEST_CASE(two_invites_never_hold_the_same_hash) {
  const store::created_invite first = made(), second = made();
  const auto hashes = [this](const store::created_invite& invite) {
    const std::string reply = redis.command({"GETRANGE", log_key(invite), "83", "98"});
    return reply.substr(reply.find('\n') + 1, 16);
  };
  BOOST_TEST(hashes(first) != hashes(second));
  BOOST_TEST(hashes(first) ==
             std::string(store::as_text(store::answer_hash(side.seals(), first.ref.h, right))));
}

BOOST_AUTO_TEST_CASE(an_invite_without_a_challenge_is_not_a_byte_longer) {
  const store::created_invite plain = side.create(some_invite()).invite, asking = made();
  const auto size = [this](const store::created_invite& invite) {
    return std::stoll(redis.command({"STRLEN", log_key(invite)}).substr(1));
  };
  const auto sealed = [](std::size_t text) {
    return static_cast<std::int64_t>(store::sealer::sealed_size(text));
  };
  const std::size_t text =
      1 + 16 + 6 + std::string("Ada.Lovelace@example.orgAdaLovelace+14155550123esdr.grey").size();
  BOOST_TEST(size(plain) == 83 + sealed(text));
  BOOST_TEST(size(asking) == 83 + 32 + sealed(text + 2 + 4 + 4));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
