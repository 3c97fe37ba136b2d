// The challenge of an invite: what counts as an attempt, and when it locks.
#include "tests/store/invites/challenge_fixture.hpp"
#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

namespace invited::test {
namespace {

using kind = store::redeem_outcome::kind;
using store::challenge;
using store::challenge_kind;

constexpr std::string_view none = "$-1\r\n", once = "$1\r\n1\r\n";

BOOST_FIXTURE_TEST_SUITE(challenges, challenged)

BOOST_AUTO_TEST_CASE(the_right_answer_opens_and_the_replay_needs_none) {
  const store::created_invite invite = made();
  const store::redeem_outcome opened = answer(invite, right);
  BOOST_REQUIRE((opened.what == kind::redeemed));
  BOOST_TEST((opened.record.challenge && opened.record.challenge->kind == challenge_kind::code));
  BOOST_TEST(opened.record.challenge->answer == "x7k2");
  const challenge wrong = guess(1);
  for (const challenge* again : {&right, &wrong, static_cast<const challenge*>(nullptr)}) {
    const store::redeem_outcome replay = answer(invite, again);
    BOOST_REQUIRE((replay.what == kind::redeemed));
    BOOST_TEST(replay.opened.jti == opened.opened.jti);
  }
  BOOST_TEST((answer(invite, &right, "another-redeem-key").what == kind::already_redeemed));
}

BOOST_AUTO_TEST_CASE(the_kind_is_part_of_the_answer) {
  const store::created_invite invite = made();
  BOOST_TEST((answer(invite, {challenge_kind::birth_date, "x7k2"}).what == kind::wrong_answer));
  BOOST_TEST((answer(invite, right).what == kind::redeemed));
}

BOOST_AUTO_TEST_CASE(an_answer_in_two_forms_is_one_attempt_and_either_may_be_right) {
  const challenge older{challenge_kind::code, "Äb12"}, now{challenge_kind::code, "äb12"};
  const auto give = [&](const store::created_invite& to, const challenge& form, const challenge& older_form) {
    return side.run(side.invites().redeem(to.ref, "", &form, a_patient, &older_form)).value();
  };
  const store::created_invite of_then = made(older), of_now = made(now), neither = made();
  BOOST_TEST((give(of_then, now, older).what == kind::redeemed));
  BOOST_TEST((give(of_now, now, older).what == kind::redeemed));
  for (int i = 0; i < 3; ++i) BOOST_TEST(give(neither, now, older).attempts_left == 4U); // repeated
  BOOST_TEST(answer(neither, now).attempts_left == 4U);
  BOOST_TEST(give(neither, guess(1), older).attempts_left == 3U);
  for (unsigned left : {2U, 1U, 0U})
    BOOST_TEST(give(neither, guess(static_cast<int>(left) + 5), older).attempts_left == left);
  BOOST_TEST((give(neither, now, right).what == kind::locked));
}

BOOST_AUTO_TEST_CASE(no_answer_costs_no_attempt) {
  const store::created_invite invite = made();
  const std::string before = redis.command({"DEBUG", "DIGEST"});
  for (int i = 0; i < 20; ++i) {
    const store::redeem_outcome asked = answer(invite, nullptr);
    BOOST_REQUIRE((asked.what == kind::answer_required));
    BOOST_TEST(asked.attempts_left == 5U);
    BOOST_REQUIRE(asked.seen);
    BOOST_TEST((asked.seen->asks_for == challenge_kind::code));
    BOOST_TEST(asked.seen->locale == "es");
    BOOST_TEST(asked.seen->expires_at == invite.expires_at);
  }
  BOOST_TEST(redis.command({"DEBUG", "DIGEST"}) == before); // nothing was written
  BOOST_TEST((answer(invite, right).what == kind::redeemed));
}

BOOST_AUTO_TEST_CASE(an_answer_that_nobody_asked_for_is_ignored) {
  const store::created_invite invite = side.create(some_invite()).invite;
  BOOST_TEST((answer(invite, guess(1)).what == kind::redeemed));
}

BOOST_AUTO_TEST_CASE(a_double_click_counts_once) {
  const store::created_invite invite = made();
  for (int i = 0; i < 10; ++i) {
    const store::redeem_outcome refused = answer(invite, guess(1));
    BOOST_TEST((refused.what == kind::wrong_answer));
    BOOST_TEST(refused.attempts_left == 4U);
  }
}

BOOST_AUTO_TEST_CASE(the_same_wrong_answer_after_another_counts_again) {
  const store::created_invite invite = made();
  unsigned left = 5;
  for (int i = 0; i < 5; ++i) BOOST_TEST(answer(invite, guess(i % 2)).attempts_left == --left);
  BOOST_TEST((answer(invite, guess(0)).what == kind::locked));
}

BOOST_AUTO_TEST_CASE(after_four_wrong_ones_the_right_one_opens) {
  const store::created_invite invite = made();
  guess_wrong(invite, 4);
  BOOST_TEST((answer(invite, right).what == kind::redeemed));
  BOOST_TEST(count("locked") == none);
}

BOOST_AUTO_TEST_CASE(the_fifth_wrong_one_locks_for_good) {
  const store::created_invite invite = made();
  guess_wrong(invite, 5);
  BOOST_TEST(count("locked") == once);
  const std::string before = redis.command({"DEBUG", "DIGEST"});
  for (const challenge& late : {right, guess(4), guess(9)}) {
    const store::redeem_outcome refused = answer(invite, late);
    BOOST_TEST((refused.what == kind::locked));
    BOOST_TEST((refused.seen && refused.seen->locked));
  }
  BOOST_TEST((answer(invite, nullptr).what == kind::locked));
  BOOST_TEST(redis.command({"DEBUG", "DIGEST"}) == before);

  // It stays pending: like any other it expires or is revoked.
  const store::invite_details details = find(invite);
  BOOST_TEST((details.state == store::invite_state::pending));
  BOOST_TEST(details.locked_at >= details.created_at);
  const auto seen = side.run(side.invites().view(invite.ref, {}, false, a_patient)).value();
  BOOST_TEST(seen->locked);
  BOOST_TEST((seen->state == store::invite_state::pending));
  BOOST_TEST(redis.command({"ZCARD", std::string(store::group_key("due", invite.ref.tag))}) == ":1\r\n");
  const store::provider_scope all = store::provider_scope::all();
  const auto revoked =
      side.run(side.invites().end(invite.ref, all, store::ending::revoke, a_clinician)).value();
  BOOST_TEST((revoked->what == store::ending_outcome::kind::done));
  BOOST_TEST((answer(invite, right).what == kind::revoked)); // being revoked counts before being locked
}

BOOST_AUTO_TEST_CASE(staff_list_what_is_locked) {
  const store::created_invite invite = made();
  side.create(some_invite());
  guess_wrong(invite, 5);
  for (const bool locked : {true, false}) {
    const store::list_query query{.provider_id = "clinic-1", .locked = locked};
    const store::invite_page page = side.run(side.invites().list(query)).value();
    BOOST_REQUIRE(page.invites.size() == 1U);
    BOOST_TEST((page.invites[0].ref == invite.ref) == locked);
  }
}

BOOST_AUTO_TEST_CASE(an_expired_one_says_so_whatever_is_answered) {
  store::new_invite wanted = some_invite();
  wanted.challenge = &right;
  wanted.ttl = std::chrono::milliseconds(1);
  const store::created_invite invite = side.create(wanted).invite;
  BOOST_REQUIRE(wait_until([&] { return find(invite).state == store::invite_state::expired; }));
  BOOST_TEST((answer(invite, guess(1)).what == kind::expired));
  BOOST_TEST((answer(invite, right).what == kind::expired));
}

BOOST_AUTO_TEST_CASE(guesses_side_by_side_count_exactly) {
  store_side second(redis);
  for (int round = 0; round < 20; ++round) {
    const store::created_invite invite = made();
    constexpr int guesses = 40;
    std::vector<challenge> given;
    for (int i = 0; i < guesses; ++i) given.push_back(guess(i));
    background racers;
    int wrong = 0, locked = 0, done = 0;
    std::multiset<unsigned> left;
    const auto try_it = [&](store_side& by, const challenge& one) -> task<void> {
      const auto outcome = co_await by.invites().redeem(invite.ref, "", &one, a_patient);
      ++done;
      if (!outcome) co_return;
      if (outcome->what == kind::locked) ++locked;
      if (outcome->what != kind::wrong_answer) co_return;
      ++wrong;
      left.insert(outcome->attempts_left);
    };
    for (std::size_t i = 0; i < given.size(); ++i) racers.spawn(try_it(i % 2 == 0 ? side : second, given[i]));
    BOOST_REQUIRE(wait_until([&] {
      side.poll();
      second.poll();
      return done == guesses;
    }));
    BOOST_TEST(wrong == 5);
    BOOST_TEST(locked == guesses - 5);
    BOOST_TEST((left == std::multiset<unsigned>{0, 1, 2, 3, 4}));
    BOOST_TEST((answer(invite, right).what == kind::locked));
  }
  BOOST_TEST(count("locked") == "$2\r\n20\r\n");
}

BOOST_AUTO_TEST_CASE(with_memory_full_no_guess_is_free) {
  const store::created_invite invite = made(), other = made();
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  unsigned left = 5;
  for (int i = 0; i < 5; ++i) {
    const store::redeem_outcome refused = answer(invite, guess(i));
    BOOST_TEST((refused.what == kind::wrong_answer));
    BOOST_TEST(refused.attempts_left == --left);
  }
  BOOST_TEST((answer(invite, right).what == kind::locked));
  BOOST_TEST(count("locked") == once);
  BOOST_TEST((answer(other, right).what == kind::redeemed));
}

BOOST_AUTO_TEST_CASE(a_caller_with_yesterdays_key_counts_the_lock_today) {
  const store::created_invite invite = made();
  store_side late(redis, {}, store_side::real_today() - 1);
  guess_wrong(invite, 4);
  const challenge fifth = guess(4);
  const auto refused = late.run(late.invites().redeem(invite.ref, "", &fifth, a_patient)).value();
  BOOST_TEST((refused.what == kind::wrong_answer));
  BOOST_TEST(refused.attempts_left == 0U);
  BOOST_TEST(count("locked") == once);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
