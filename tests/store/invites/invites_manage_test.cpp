#include "tests/store/invites/managed_fixture.hpp"
#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

namespace invited::test {
namespace {

using redeem_kind = store::redeem_outcome::kind;
using end_kind = store::ending_outcome::kind;
using store::ending;
using store::invite_state;
using store::provider_scope;

BOOST_FIXTURE_TEST_SUITE(managing, managed)

BOOST_AUTO_TEST_CASE(finds_what_was_made) {
  const store::created_invite invite = made();
  const auto found = find(invite.ref);
  BOOST_REQUIRE(found);
  BOOST_TEST((found->state == invite_state::pending));
  BOOST_TEST(found->provider_id == "clinic-1");
  BOOST_TEST(found->expires_at == invite.expires_at);
  BOOST_TEST(found->viewed_at == 0);
  BOOST_TEST(!found->successor);
  BOOST_TEST((found->record->id == invite.id));
  BOOST_TEST(found->record->creator == "dr.grey");
}

BOOST_AUTO_TEST_CASE(what_is_out_of_scope_does_not_exist) {
  const store::created_invite invite = made();
  for (const std::vector<std::string>& others :
       {std::vector<std::string>{}, {"clinic"}, {"clinic-11"}, {"1"}, {"CLINIC-1"}}) {
    const provider_scope scope = provider_scope::only(others);
    BOOST_TEST(!side.run(side.invites().find(invite.ref, scope, a_silent_look)).value());
    for (const ending act : {ending::revoke, ending::end_session, ending::erase})
      BOOST_TEST(!side.run(side.invites().end(invite.ref, scope, act, a_clinician)).value());
  }
  BOOST_TEST((find(invite.ref)->state == invite_state::pending));
  const provider_scope all = provider_scope::all();
  BOOST_TEST(!!side.run(side.invites().find(invite.ref, all, a_silent_look)).value());
  store::system_entropy random;
  const store::invite_ref unknown = store::ref_of(store::new_invite_id(7, random));
  BOOST_TEST(!find(unknown));
  BOOST_TEST(!side.run(side.invites().end(unknown, all, ending::erase, a_clinician)).value());
}

/// The table of acts in the contract, for these three acts. Renewing has its own.
BOOST_AUTO_TEST_CASE(each_act_on_each_state) {
  const struct {
    std::string_view name;
    std::function<store::created_invite()> make;
    bool revoke, end_session; ///< whether it is allowed; erasing always is
  } rows[] = {
      {"pending", [this] { return made(); }, true, false},
      {"redeemed", [this] { return redeemed(); }, false, true},
      {"revoked",
       [this] {
         const store::created_invite invite = made();
         end(invite.ref, ending::revoke);
         return invite;
       },
       true, false},
      {"replaced",
       [this] {
         const store::created_invite invite = made();
         renew(invite.ref);
         return invite;
       },
       false, false},
      {"expired", [this] { return expired(); }, false, false},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.name) {
      const store::created_invite invite = row.make();
      const invite_state before = find(invite.ref)->state;
      const store::ending_outcome session = end(invite.ref, ending::end_session);
      BOOST_TEST((session.what == end_kind::done) == row.end_session);
      BOOST_TEST((session.invite.state == before));
      for (int again = 0; again < 2; ++again) {
        const store::ending_outcome revoked = end(invite.ref, ending::revoke);
        BOOST_TEST((revoked.what == end_kind::done) == row.revoke);
        BOOST_TEST((revoked.invite.state == (row.revoke ? invite_state::revoked : before)));
      }
      for (int again = 0; again < 2; ++again) {
        const store::ending_outcome erased = end(invite.ref, ending::erase);
        BOOST_TEST((erased.what == end_kind::done));
        BOOST_TEST(!erased.invite.record);
      }
      BOOST_TEST(!find(invite.ref)->record);
    }
  }
  BOOST_TEST(count("created") == 6); // with the successor of the replaced one
  BOOST_TEST(count("revoked") == 2); // once for each, however often it was called
  BOOST_TEST(count("redeemed") == 1);
  BOOST_TEST(count("replaced") == 1);
  BOOST_TEST(pending() == 2); // the successor, and the expired one that is not settled yet
}

BOOST_AUTO_TEST_CASE(a_revoked_link_does_not_redeem) {
  const store::created_invite invite = made();
  const store::ending_outcome revoked = end(invite.ref, ending::revoke);
  BOOST_TEST(revoked.invite.ended_at > 0);
  BOOST_TEST((side.redeem(invite.id).what == redeem_kind::revoked));
  BOOST_TEST(redis.command({"EXISTS", std::string(store::invite_key("inv", invite.ref.tag, invite.ref.h))}) ==
             ":0\r\n");
  BOOST_TEST(redis.command({"ZCARD", std::string(store::group_key("due", invite.ref.tag))}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(an_ended_session_is_gone) {
  const store::created_invite invite = made();
  const store::redeem_outcome opened = side.redeem(invite.id, "0123456789abcdef");
  BOOST_TEST(!!side.run(side.invites().find_session(invite.ref, opened.opened.jti, a_patient)).value());
  end(invite.ref, ending::end_session);
  BOOST_TEST(!side.run(side.invites().find_session(invite.ref, opened.opened.jti, a_patient)).value());
  BOOST_TEST((side.redeem(invite.id, "0123456789abcdef").what == redeem_kind::already_redeemed));
  BOOST_TEST((end(invite.ref, ending::end_session).what == end_kind::done)); // again
}

BOOST_AUTO_TEST_CASE(erasing_leaves_nothing_of_the_patient_and_all_that_is_counted) {
  const store::created_invite invite = redeemed();
  const std::string log(store::invite_key("log", invite.ref.tag, invite.ref.h));
  const std::string ttl = redis.command({"PTTL", log});
  const store::invite_details before = *find(invite.ref);
  end(invite.ref, ending::erase);
  const store::invite_details after = *find(invite.ref);
  BOOST_TEST((after.state == invite_state::redeemed));
  BOOST_TEST(after.ended_at == before.ended_at);
  BOOST_TEST(after.created_at == before.created_at);
  BOOST_TEST(redis.command({"STRLEN", log}) == ":83\r\n"); // 75 bytes and "clinic-1"
  BOOST_TEST(redis.command({"GETRANGE", log, "66", "73"}) ==
             std::string("$8\r\n") + std::string(8, '\0') + "\r\n");
  BOOST_TEST(std::stoll(redis.command({"PTTL", log}).substr(1)) <= std::stoll(ttl.substr(1)));
  BOOST_TEST(std::stoll(redis.command({"PTTL", log}).substr(1)) > 0); // it still expires by itself
  BOOST_TEST(count("redeemed") == 1);
  BOOST_TEST(count("revoked") == 0);
  // Whoever has the link still learns what happened to it.
  const auto seen = side.run(side.invites().view(invite.ref, {}, false, a_patient)).value();
  BOOST_TEST((seen->state == invite_state::redeemed));
  BOOST_TEST(seen->locale == "");
  BOOST_TEST((side.redeem(invite.id, "0123456789abcdef").what == redeem_kind::already_redeemed));
}

BOOST_AUTO_TEST_CASE(the_first_view_is_marked_and_counted_once) {
  const store::created_invite invite = made();
  BOOST_TEST(side.run(side.invites().view(invite.ref, {}, false, a_patient)).value().has_value());
  BOOST_TEST(find(invite.ref)->viewed_at == 0);
  for (int i = 0; i < 100; ++i)
    BOOST_TEST(side.run(side.invites().view(invite.ref, {}, true, a_patient)).value().has_value());
  const std::int64_t first = find(invite.ref)->viewed_at;
  BOOST_TEST(first > 0);
  BOOST_TEST(count("viewed") == 1);
  side.run(side.invites().view(invite.ref, {}, true, a_patient)).value();
  BOOST_TEST(find(invite.ref)->viewed_at == first);
  BOOST_TEST((side.redeem(invite.id).what == redeem_kind::redeemed));
}

BOOST_AUTO_TEST_CASE(with_memory_full_a_page_shows_unmarked_and_staff_can_revoke) {
  const store::created_invite invite = made(), other = made();
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  const auto seen = side.run(side.invites().view(invite.ref, {}, true, a_patient));
  BOOST_TEST(seen.has_value());
  BOOST_TEST(count("viewed") == 0);
  BOOST_TEST((end(invite.ref, ending::revoke).what == end_kind::done));
  BOOST_TEST((end(other.ref, ending::erase).what == end_kind::done));
  BOOST_TEST(count("revoked") == 2);
  BOOST_TEST(pending() == 0);
}

BOOST_AUTO_TEST_CASE(asking_for_a_new_link_is_noted_once_an_hour) {
  const store::created_invite invite = made();
  for (int i = 0; i < 10; ++i) BOOST_TEST(side.run(side.invites().ask(invite.ref)).has_value());
  const std::int64_t first = find(invite.ref)->asked_at;
  BOOST_TEST(first > 0);
  BOOST_TEST(count("asked") == 1);
  // An hour ago, and an hour ahead if the clock was set back.
  const std::string log(store::invite_key("log", invite.ref.tag, invite.ref.h));
  for (const std::int64_t at : {first - 3'600'001, first + 3'700'000}) {
    std::string packed;
    for (int shift = 40; shift >= 0; shift -= 8) packed += static_cast<char>(at >> shift);
    redis.command({"SETRANGE", log, "32", packed});
    BOOST_TEST(side.run(side.invites().ask(invite.ref)).has_value());
    BOOST_TEST(find(invite.ref)->asked_at >= first);
    BOOST_TEST(find(invite.ref)->asked_at < first + 3'600'000);
  }
  BOOST_TEST(count("asked") == 3);
  store::system_entropy random;
  BOOST_TEST(side.run(side.invites().ask(store::ref_of(store::new_invite_id(7, random)))).has_value());
  BOOST_TEST(count("asked") == 3);
  BOOST_TEST((side.redeem(invite.id).what == redeem_kind::redeemed)); // asking takes nothing away
}

BOOST_AUTO_TEST_CASE(a_request_that_is_ticked_off_leaves_everything_else_as_it_was) {
  const store::created_invite invites[] = {made(), redeemed(), expired(), made()};
  end(invites[3].ref, ending::erase);
  const std::string requests(store::group_key("ask", store::group_of("clinic-1")));
  const store::provider_scope foreign = store::provider_scope::only(std::vector<std::string>{"clinic-2"});
  for (const store::created_invite& each : invites) {
    const std::string log(store::invite_key("log", each.ref.tag, each.ref.h));
    const std::string before = redis.command({"GET", log}), lives = redis.command({"PEXPIRETIME", log});
    BOOST_REQUIRE(side.run(side.invites().ask(each.ref)).has_value());
    BOOST_TEST(!side.run(side.invites().clear_asked(each.ref, foreign, a_clinician)).value());
    BOOST_TEST(redis.command({"ZCARD", requests}) == ":1\r\n");
    const auto cleared = side.run(side.invites().clear_asked(each.ref, mine, a_clinician)).value();
    BOOST_REQUIRE(cleared);
    BOOST_TEST(cleared->asked_at == 0);
    BOOST_TEST((cleared->state == find(each.ref)->state));
    BOOST_TEST(redis.command({"GET", log}) == before);
    BOOST_TEST(redis.command({"PEXPIRETIME", log}) == lives);
    BOOST_TEST(redis.command({"ZCARD", requests}) == ":0\r\n");
  }
  const std::int64_t asked = count("asked");
  BOOST_TEST(asked == 4);
  BOOST_REQUIRE(side.run(side.invites().ask(invites[0].ref)).has_value());
  BOOST_TEST(count("asked") == asked + 1); // the hour counts from a request that waits
}

BOOST_AUTO_TEST_CASE(acts_count_on_redis_day_whatever_the_server_thinks) {
  store_side late(redis, {}, store_side::real_today() - 1), later(redis, {}, store_side::real_today() - 2);
  const store::created_invite invite = made();
  BOOST_TEST(late.run(late.invites().view(invite.ref, {}, true, a_patient)).value().has_value());
  BOOST_TEST((later.run(later.invites().end(invite.ref, mine, ending::revoke, a_clinician)).value()->what ==
              end_kind::done));
  BOOST_TEST(count("viewed") == 1);
  BOOST_TEST(count("revoked") == 1);
}

/// All acts at once on one invite: exactly one ends it, and ledger, counters and answers agree.
BOOST_AUTO_TEST_CASE(redeem_revoke_and_erase_race) {
  store_side second(redis);
  std::int64_t redeemed = 0, revoked = 0;
  for (int round = 0; round < 60; ++round) {
    const store::created_invite invite = made();
    background racers;
    std::int64_t won = 0, done = 0;
    const auto redeem = [&](store_side& by) -> task<void> {
      const auto outcome = co_await by.invites().redeem(invite.ref, "", nullptr, a_patient);
      if (outcome && outcome->what == redeem_kind::redeemed) ++won;
      ++done;
    };
    const auto end_it = [&](store_side& by, ending act) -> task<void> {
      static_cast<void>(co_await by.invites().end(invite.ref, mine, act, a_clinician));
      ++done;
    };
    // The order changes from round to round.
    if (round % 3 == 0) racers.spawn(end_it(second, ending::revoke));
    if (round % 3 == 1) racers.spawn(end_it(second, ending::erase));
    racers.spawn(redeem(side));
    racers.spawn(redeem(second));
    racers.spawn(end_it(side, ending::revoke));
    racers.spawn(end_it(side, ending::erase));
    const std::int64_t all = round % 3 == 2 ? 4 : 5;
    BOOST_REQUIRE(wait_until([&] {
      side.poll();
      second.poll();
      return done == all;
    }));
    const invite_state end_state = find(invite.ref)->state;
    BOOST_TEST(won == (end_state == invite_state::redeemed ? 1 : 0));
    BOOST_TEST((end_state == invite_state::redeemed || end_state == invite_state::revoked));
    ++(end_state == invite_state::redeemed ? redeemed : revoked);
  }
  BOOST_TEST(count("redeemed") == redeemed);
  BOOST_TEST(count("revoked") == revoked);
  BOOST_TEST(count("created") == redeemed + revoked);
  BOOST_TEST(pending() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
