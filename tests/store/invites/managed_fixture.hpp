#pragma once

#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {

/// Staff of two clinics, who act on the invites of one.
struct managed {
  redis_server redis;
  store_side side{redis};
  const store::provider_scope mine =
      store::provider_scope::only(std::vector<std::string>{"clinic-0", "clinic-1"});

  std::optional<store::invite_details> find(const store::invite_ref& ref) {
    return side.run(side.invites().find(ref, mine, a_silent_look)).value();
  }
  store::ending_outcome end(const store::invite_ref& ref, store::ending act) {
    const auto outcome = side.run(side.invites().end(ref, mine, act, a_clinician)).value();
    BOOST_REQUIRE(outcome);
    return *outcome;
  }
  /// An invite in each state that a test can produce.
  store::created_invite made(std::chrono::milliseconds ttl = std::chrono::hours(1)) {
    store::new_invite wanted = some_invite();
    wanted.ttl = ttl;
    return side.create(wanted).invite;
  }
  store::created_invite redeemed() {
    const store::created_invite invite = made();
    BOOST_REQUIRE((side.redeem(invite.id, "0123456789abcdef").what == store::redeem_outcome::kind::redeemed));
    return invite;
  }
  store::created_invite expired() {
    const store::created_invite invite = made(std::chrono::milliseconds(1));
    BOOST_REQUIRE(wait_until([&] { return find(invite.ref)->state == store::invite_state::expired; }));
    return invite;
  }
  store::create_outcome renew_as(const store::renewal& wanted, const store::invite_details& old) {
    const store::renew_outcome outcome = side.run(side.invites().renew(old, wanted)).value();
    BOOST_REQUIRE((outcome.what == store::renew_outcome::kind::attempted));
    return outcome.made;
  }
  store::renew_outcome renew(const store::invite_ref& ref) {
    const store::invite_details old = *find(ref);
    const store::renewal wanted = by_dr_grey();
    return side.run(side.invites().renew(old, wanted)).value();
  }
  static store::renewal by_dr_grey() { return {a_clinician, {50, 1000}, {}}; }
  std::int64_t count(std::string_view event) {
    const std::string day(store::day_key(store::group_of("clinic-1"), store_side::real_today()));
    return number(redis.command({"HGET", day, std::string(event) + "|clinic-1"}));
  }
  std::int64_t pending() {
    return number(redis.command(
        {"HGET", std::string(store::gauge_key(store::group_of("clinic-1"))), "pending|clinic-1"}));
  }
  static std::int64_t number(const std::string& reply) {
    return reply == "$-1\r\n" ? 0 : std::stoll(reply.substr(reply.find('\n') + 1));
  }
};

} // namespace invited::test
