// A new link in the place of another: what it keeps, when it is allowed, and which of several acts at once
// wins.
#include "tests/store/invites/managed_fixture.hpp"
#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

namespace invited::test {
namespace {

using create_kind = store::create_outcome::kind;
using redeem_kind = store::redeem_outcome::kind;
using renew_kind = store::renew_outcome::kind;
using store::ending;
using store::invite_state;

store::renewal with_key(std::string_view key) {
  store::renewal wanted = managed::by_dr_grey();
  wanted.idempotency_key = {"", "dr.grey", "/invites/{ref}/renew", key};
  return wanted;
}

BOOST_FIXTURE_TEST_SUITE(renewing, managed)

BOOST_AUTO_TEST_CASE(a_pending_invite_ends_and_its_patient_gets_another) {
  store::new_invite wanted = some_invite();
  const store::challenge fact{store::challenge_kind::code, "4711"};
  wanted.challenge = &fact;
  wanted.ttl = std::chrono::hours(5);
  const store::created_invite old = side.create(wanted).invite;
  const store::renew_outcome outcome = renew(old.ref);
  BOOST_REQUIRE((outcome.what == renew_kind::attempted && outcome.made.what == create_kind::created));
  const store::created_invite& next = outcome.made.invite;
  BOOST_TEST((next.id != old.id));
  BOOST_TEST((next.ref.tag == old.ref.tag));

  const auto before = find(old.ref), after = find(next.ref);
  BOOST_TEST((before->state == invite_state::replaced));
  BOOST_TEST((before->successor == next.ref.h));
  BOOST_TEST(before->ended_at >= before->created_at);
  BOOST_TEST((after->state == invite_state::pending));
  BOOST_TEST(after->expires_at - after->created_at == 5 * 3'600'000);
  BOOST_TEST(after->record->person.email == "Ada.Lovelace@example.org");
  BOOST_TEST(after->record->person.locale == "es");
  BOOST_REQUIRE(after->record->challenge);
  BOOST_TEST(after->record->challenge->answer == "4711");

  BOOST_TEST((side.redeem(old.id).what == redeem_kind::replaced));
  BOOST_TEST((side.redeem(next.id).what == redeem_kind::answer_required));
  BOOST_TEST(count("created") == 2);
  BOOST_TEST(count("replaced") == 1);
  BOOST_TEST(pending() == 1);
}

BOOST_AUTO_TEST_CASE(an_expired_invite_stays_expired_and_names_its_successor) {
  const store::created_invite old = expired();
  const store::renew_outcome outcome = renew(old.ref);
  BOOST_REQUIRE((outcome.what == renew_kind::attempted));
  const auto before = find(old.ref);
  BOOST_TEST((before->state == invite_state::expired));
  BOOST_TEST((before->successor == outcome.made.invite.ref.h));
  BOOST_TEST(count("replaced") == 0);
  BOOST_TEST((renew(old.ref).what == renew_kind::refused)); // it already has a successor
}

BOOST_AUTO_TEST_CASE(whatever_else_has_ended_is_refused_and_costs_nothing) {
  const std::function<store::created_invite()> made_ended[] = {[this] { return redeemed(); },
                                                               [this] {
                                                                 const store::created_invite invite = made();
                                                                 end(invite.ref, ending::revoke);
                                                                 return invite;
                                                               },
                                                               [this] {
                                                                 const store::created_invite invite = made();
                                                                 renew(invite.ref);
                                                                 return invite;
                                                               },
                                                               [this] {
                                                                 const store::created_invite invite =
                                                                     expired();
                                                                 end(invite.ref, ending::erase);
                                                                 return invite;
                                                               }};
  for (const auto& make : made_ended) {
    const store::created_invite old = make();
    const auto before = find(old.ref);
    const std::int64_t created = count("created"), open = pending();
    const store::renew_outcome outcome = renew(old.ref);
    BOOST_REQUIRE((outcome.what == renew_kind::refused));
    BOOST_TEST((outcome.old->state == before->state));
    BOOST_TEST((outcome.old->successor == before->successor));
    BOOST_TEST(count("created") == created);
    BOOST_TEST(pending() == open);
  }
}

BOOST_AUTO_TEST_CASE(one_read_before_its_end_is_judged_as_it_is_now) {
  const store::created_invite old = made();
  const store::invite_details read_early = *find(old.ref);
  const store::renewal wanted = by_dr_grey();
  end(old.ref, ending::erase);
  const auto outcome = side.run(side.invites().renew(read_early, wanted)).value();
  BOOST_TEST((outcome.what == renew_kind::refused));
  BOOST_TEST((outcome.old->state == invite_state::revoked));
  redis.command({"FLUSHALL"});
  BOOST_TEST((side.run(side.invites().renew(read_early, wanted)).value().what == renew_kind::unknown));
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(a_lost_invite_can_be_renewed) {
  const store::created_invite old = made();
  redis.command({"DEL", std::string(store::invite_key("inv", old.ref.tag, old.ref.h))});
  BOOST_TEST((side.redeem(old.id).what == redeem_kind::lost));
  const store::renew_outcome outcome = renew(old.ref);
  BOOST_REQUIRE((outcome.what == renew_kind::attempted));
  BOOST_TEST((side.redeem(outcome.made.invite.id).what == redeem_kind::redeemed));
  BOOST_TEST((side.redeem(old.id).what == redeem_kind::replaced));
  BOOST_TEST(pending() == 0);
}

BOOST_AUTO_TEST_CASE(a_renewal_unlocks) {
  const store::challenge right{store::challenge_kind::code, "4711"},
      wrong[] = {{store::challenge_kind::code, "1"}, {store::challenge_kind::code, "2"}};
  store::new_invite asked = some_invite();
  asked.challenge = &right;
  const store::created_invite old = side.create(asked).invite;
  for (int i = 0; i < 6; ++i) side.run(side.invites().redeem(old.ref, "", &wrong[i % 2], a_patient)).value();
  BOOST_TEST(
      (side.run(side.invites().redeem(old.ref, "", &right, a_patient)).value().what == redeem_kind::locked));
  const store::created_invite next = renew(old.ref).made.invite;
  BOOST_TEST((side.run(side.invites().redeem(next.ref, "", &right, a_patient)).value().what ==
              redeem_kind::redeemed));
}

BOOST_AUTO_TEST_CASE(a_renewal_is_charged_and_limited) {
  const store::created_invite old = made(), other = made();
  const store::invite_details read = *find(old.ref), other_read = *find(other.ref);
  redis.command({"DEL", std::string(store::provider_key("lim", old.ref.tag, "clinic-1"))});
  store::renewal slow = by_dr_grey();
  slow.limit = {0.01, 1};
  BOOST_REQUIRE((renew_as(slow, read).what == create_kind::created));
  const store::create_outcome refused = renew_as(slow, other_read);
  BOOST_TEST((refused.what == create_kind::limited));
  BOOST_TEST((refused.retry_after > std::chrono::seconds(90)));
  BOOST_TEST((find(other.ref)->state == invite_state::pending));
}

BOOST_AUTO_TEST_CASE(the_same_idempotency_key_gets_the_same_answer) {
  const store::created_invite old = made(), other = made();
  const store::invite_details read = *find(old.ref), other_read = *find(other.ref);
  const store::renewal wanted = with_key("again");
  const store::create_outcome first = renew_as(wanted, read);
  for (const store::invite_details& as_read : {read, *find(old.ref)}) {
    const store::create_outcome again = renew_as(wanted, as_read);
    BOOST_TEST((again.invite.id == first.invite.id));
    BOOST_TEST(again.invite.expires_at == first.invite.expires_at);
    BOOST_TEST(again.invite.replayed);
  }
  BOOST_TEST((renew_as(wanted, other_read).what == create_kind::key_reused)); // another invite
  end(old.ref, ending::erase);                                                // another invite, same key
  BOOST_TEST((renew_as(wanted, *find(old.ref)).invite.id == first.invite.id));
  BOOST_TEST(count("created") == 3);
  BOOST_TEST(pending() == 2);
}

BOOST_AUTO_TEST_CASE(an_old_right_that_redis_still_holds_goes_with_the_renewal) {
  for (const bool erase : {false, true}) {
    const store::created_invite old = expired();
    const std::string right(store::invite_key("inv", old.ref.tag, old.ref.h));
    redis.command({"SET", right, "1"}); // as if the right had not been deleted yet
    if (erase) {
      end(old.ref, ending::erase);
    } else {
      BOOST_REQUIRE((renew(old.ref).what == renew_kind::attempted));
    }
    BOOST_TEST(redis.command({"EXISTS", right}) == ":0\r\n");
  }
}

BOOST_AUTO_TEST_CASE(what_was_counted_as_expired_before_the_clock_was_set_back_is_not_counted_again) {
  const std::function<void(const store::created_invite&)> ends[] = {
      [this](const store::created_invite& invite) { end(invite.ref, ending::revoke); },
      [this](const store::created_invite& invite) { renew(invite.ref); },
      [this](const store::created_invite& invite) { side.redeem(invite.id); }};
  for (const auto& act : ends) {
    const store::created_invite invite = made();
    redis.command({"DEL", std::string(store::group_key("due", invite.ref.tag))}); // a sweep has settled it
    const std::int64_t open = pending(), created = count("created");
    act(invite);
    BOOST_TEST((find(invite.ref)->state != invite_state::pending));
    BOOST_TEST(count("revoked") + count("replaced") + count("redeemed") == 0);
    BOOST_TEST(pending() == open + count("created") - created);
  }
}

BOOST_AUTO_TEST_CASE(with_memory_full_nothing_happens) {
  const store::created_invite old = made();
  const store::invite_details read = *find(old.ref);
  const store::renewal wanted = by_dr_grey();
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  const auto refused = side.run(side.invites().renew(read, wanted));
  BOOST_TEST((refused.has_error() && refused.error() == store::errc::refused));
  BOOST_TEST((find(old.ref)->state == invite_state::pending));
  BOOST_TEST((side.redeem(old.id).what == redeem_kind::redeemed));
}

BOOST_AUTO_TEST_CASE(of_all_acts_at_once_exactly_one_wins) {
  store_side second(redis);
  for (int round = 0; round < 60; ++round) {
    const std::int64_t open = pending(), ended = count("redeemed") + count("revoked") + count("replaced");
    const store::created_invite old = made();
    const store::invite_details read = *find(old.ref);
    const store::renewal wanted = by_dr_grey();
    int done = 0, renewed = 0, revoked = 0, redeemed = 0;
    background racers;
    const auto renew_by = [&](store_side& by) -> task<void> {
      const auto outcome = co_await by.invites().renew(read, wanted);
      renewed += outcome && outcome->what == renew_kind::attempted;
      ++done;
    };
    const auto redeem_by = [&](store_side& by) -> task<void> {
      const auto outcome = co_await by.invites().redeem(old.ref, "", nullptr, a_patient);
      redeemed += outcome && outcome->what == redeem_kind::redeemed;
      ++done;
    };
    const auto end_by = [&](store_side& by, ending act) -> task<void> {
      const auto outcome = co_await by.invites().end(old.ref, mine, act, a_clinician);
      revoked += outcome && *outcome && (*outcome)->invite.state == invite_state::revoked;
      ++done;
    };
    store_side* const sides[] = {&side, &second};
    store_side &a = *sides[round % 2], &b = *sides[(round + 1) % 2];
    racers.spawn(renew_by(a));
    racers.spawn(redeem_by(b));
    racers.spawn(end_by(b, round % 3 == 0 ? ending::erase : ending::revoke));
    racers.spawn(renew_by(b));
    racers.spawn(redeem_by(a));
    BOOST_REQUIRE(wait_until([&] {
      side.poll();
      second.poll();
      return done == 5;
    }));
    BOOST_TEST(renewed + redeemed + (revoked > 0 ? 1 : 0) == 1);
    BOOST_TEST(count("redeemed") + count("revoked") + count("replaced") == ended + 1);
    BOOST_TEST(pending() == open + (renewed == 1 ? 1 : 0));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
