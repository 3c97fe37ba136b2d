// The law of the counters, by random acts over simulated days: pending at start + created = pending at end +
// redeemed + revoked + replaced + expired, for every range and provider, whatever happens and whenever it is
// read.
#include "store/counting/expiry.hpp"
#include "store/counting/folding.hpp"
#include "store/keys/keys.hpp"
#include "tests/store/counting/simulated_world.hpp"
#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <random>
#include <utility>

namespace invited::test {
namespace {

using store::event;
using redeem_kind = store::redeem_outcome::kind;

constexpr int steps = 300;
constexpr store::rate plenty{1e6, 1'000'000};

class simulation : simulated_world {
public:
  explicit simulation(unsigned seed) : simulated_world(seed) {}

  void run() {
    using act = void (simulation::*)();
    const std::vector<std::pair<int, act>> acts = {
        {30, &simulation::create},
        {12, &simulation::view},
        {14, &simulation::redeem},
        {5, &simulation::revoke},
        {3, &simulation::revoke_pending},
        {5, &simulation::erase},
        {7, &simulation::renew},
        {5, &simulation::ask},
        {2, &simulation::clear_asked},
        {3, &simulation::lose},
        {6, &simulation::race},
        {4, &simulation::guess},
        {6, &simulation::sweep},
        {4, &simulation::fold},
        {18, &simulation::wait},
        {8, &simulation::wait_for_midnight},
        {4, &simulation::wait_for_an_end},
        {2, &simulation::be_down_for_days},
    };
    std::vector<int> weights;
    for (const auto& [weight, unused] : acts) weights.push_back(weight);
    std::discrete_distribution<std::size_t> any(weights.begin(), weights.end());
    for (int i = 0; i < steps; ++i) {
      (this->*acts[any(random_)].second)();
      check_step();
    }
    check_every_range();
  }

private:
  // What staff and patients do.
  void create() {
    const std::string& provider = one_of(providers_);
    store::new_invite wanted = some_invite(provider);
    constexpr std::int64_t lives[] = {1, 1000, 60'000, 3'600'000, day_ms / 2, day_ms, 3 * day_ms};
    wanted.ttl = std::chrono::milliseconds(lives[number(0, std::ssize(lives) - 1)]);
    wanted.limit = plenty;
    const store::challenge fact{store::challenge_kind::code, "1234"};
    if (number(0, 9) == 0) wanted.challenge = &fact;
    const store::create_outcome made = some_side().create(wanted);
    BOOST_TEST_REQUIRE((made.what == store::create_outcome::kind::created));
    world_.created(made.invite, provider).asks = wanted.challenge != nullptr;
  }

  void view() {
    invite* const i = pick();
    if (i == nullptr) return;
    store_side& by = some_side();
    BOOST_TEST_REQUIRE(by.run(by.invites().view(i->made.ref, {}, true, a_patient)).value().has_value());
    world_.viewed(*i);
  }

  void redeem() {
    invite* const i = pick();
    if (i == nullptr) return;
    store_side& by = some_side();
    const store::challenge fact{store::challenge_kind::code, "1234"};
    expect_redeemed(
        *i, by.run(by.invites().redeem(i->made.ref, "", i->asks ? &fact : nullptr, a_patient)).value().what);
  }

  void revoke() { end(store::ending::revoke); }
  void erase() { end(store::ending::erase); }

  void end(store::ending act) {
    invite* const i = pick();
    if (i == nullptr) return;
    store_side& by = some_side();
    const store::provider_scope all = store::provider_scope::all();
    BOOST_TEST_REQUIRE(by.run(by.invites().end(i->made.ref, all, act, a_clinician)).value().has_value());
    if (i->pending) world_.end(*i, event::revoked, world_.today());
    if (act == store::ending::erase) i->erased = true;
  }

  /// A link gets a successor if it is pending or expired and has none yet.
  void renew() {
    invite* const i = pick();
    if (i == nullptr) return;
    store_side& by = some_side();
    const store::provider_scope all = store::provider_scope::all();
    const store::invite_details old = *by.run(by.invites().find(i->made.ref, all, a_silent_look)).value();
    const store::renewal wanted{a_clinician, plenty, {}};
    const store::renew_outcome outcome = by.run(by.invites().renew(old, wanted)).value();
    const bool may = (i->pending || i->expired) && !i->renewed && !i->erased;
    BOOST_TEST_REQUIRE((outcome.what == store::renew_outcome::kind::attempted) == may);
    if (!may) return;
    i->renewed = true;
    if (i->pending) world_.end(*i, event::replaced, world_.today());
    const bool asks = i->asks;
    const std::string provider = i->provider;
    world_.created(outcome.made.invite, provider).asks = asks; // i is invalid now
  }

  /// As after a restore, whichever provider it belongs to.
  void revoke_pending() {
    invite* const i = pick();
    if (i == nullptr) return;
    store_side& by = some_side();
    BOOST_TEST_REQUIRE(by.run(by.invites().revoke_pending(i->made.ref)).has_value());
    if (i->pending) world_.end(*i, event::revoked, world_.today());
  }

  void ask() {
    invite* const i = pick();
    if (i == nullptr) return;
    store_side& by = some_side();
    BOOST_TEST_REQUIRE(by.run(by.invites().ask(i->made.ref)).has_value());
    if (i->asked_at != 0 && world_.now() - i->asked_at < 3'600'000) return;
    i->asked_at = world_.now();
    world_.note(*i, event::asked);
  }

  void clear_asked() {
    invite* const i = pick();
    if (i == nullptr) return;
    store_side& by = some_side();
    const store::provider_scope all = store::provider_scope::all();
    BOOST_TEST_REQUIRE(by.run(by.invites().clear_asked(i->made.ref, all, a_clinician)).value()->asked_at ==
                       0);
    i->asked_at = 0; // it may be asked for again, and counts again
  }

  /// Five wrong answers lock it.
  void guess() {
    invite* const i = pick();
    if (i == nullptr || !i->pending || !i->asks || i->locked) return;
    store_side& by = some_side();
    for (int n = 0; n < 5; ++n) {
      const store::challenge wrong{store::challenge_kind::code, n % 2 == 0 ? "4321" : "1243"};
      BOOST_TEST_REQUIRE((by.run(by.invites().redeem(i->made.ref, "", &wrong, a_patient)).value().what ==
                          redeem_kind::wrong_answer));
    }
    i->locked = true;
    world_.note(*i, event::locked);
  }

  /// Both servers at once: one redeems and the other revokes. Exactly one of them wins.
  void race() {
    invite* const i = pick();
    if (i == nullptr || i->asks || i->right_is_gone) return;
    std::optional<store::result<store::redeem_outcome>> redeemed;
    std::optional<store::result<std::optional<store::ending_outcome>>> revoked;
    const store::provider_scope all = store::provider_scope::all();
    const auto opens = [&]() -> task<void> {
      redeemed = co_await first_.invites().redeem(i->made.ref, "", nullptr, a_patient);
    };
    const auto ends = [&]() -> task<void> {
      revoked = co_await second_.invites().end(i->made.ref, all, store::ending::revoke, a_clinician);
    };
    background racers;
    racers.spawn(opens());
    racers.spawn(ends());
    BOOST_REQUIRE(wait_until([&] {
      first_.poll();
      second_.poll();
      return redeemed && revoked;
    }));
    if (!i->pending) return;
    if (redeemed->value().what == redeem_kind::redeemed) {
      BOOST_TEST_REQUIRE((revoked->value()->what == store::ending_outcome::kind::refused));
      world_.redeemed(*i);
    } else {
      BOOST_TEST_REQUIRE((revoked->value()->what == store::ending_outcome::kind::done));
      world_.end(*i, event::revoked, world_.today());
    }
  }

  // What happens by itself, or fails to happen.
  void lose() {
    invite* const i = pick();
    if (i == nullptr) return;
    redis_.command({"DEL", std::string(store::invite_key("inv", i->made.ref.tag, i->made.ref.h))});
    i->right_is_gone = true;
  }

  void sweep() {
    store_side& by = some_side();
    store::expiry settling(by.connection());
    const store::group tag = store::group_of(one_of(providers_));
    BOOST_TEST_REQUIRE(by.run(settling.settle(tag)).has_value());
  }

  void fold() {
    store_side& by = some_side();
    store::folding folds(by.connection());
    const store::group tag = store::group_of(one_of(providers_));
    BOOST_TEST_REQUIRE(by.run(folds.fold(tag, number(birth, world_.today()))).has_value());
  }

  void wait() { pass(number(0, 1) == 0 ? number(0, 120'000) : number(0, day_ms / 3)); }

  void wait_for_midnight() {
    const std::int64_t midnight = (world_.today() + 1) * day_ms;
    pass_to(std::max(world_.now(),
                     midnight - number(-1, 1))); // the last ms of a day, the first, or the one after
  }

  void wait_for_an_end() {
    const invite* const i = pick();
    if (i != nullptr && i->pending) pass_to(std::max(world_.now(), i->made.expires_at - number(0, 1)));
  }

  void be_down_for_days() { pass(number(day_ms, 3 * day_ms)); }

  // What is checked, after each act and at the end.
  void check_step() {
    for (const std::string& provider : providers_) {
      check(provider, {birth - 1, world_.today() + 2});
      const std::int64_t from = number(birth - 1, world_.today());
      check(provider, {from, number(from + 1, world_.today() + 3)});
    }
  }

  void check_every_range() {
    for (const std::string& provider : providers_)
      for (std::int64_t from = birth - 1; from <= world_.today() + 1; ++from)
        for (std::int64_t to = from + 1; to <= world_.today() + 2; ++to) check(provider, {from, to});
  }

  void expect_redeemed(invite& i, redeem_kind what) {
    if (!i.pending) {
      BOOST_TEST_REQUIRE((what != redeem_kind::redeemed && what != redeem_kind::lost));
    } else if (i.locked) {
      BOOST_TEST_REQUIRE((what == redeem_kind::locked));
    } else if (!i.right_is_gone) {
      BOOST_TEST_REQUIRE((what == redeem_kind::redeemed));
      world_.redeemed(i);
    } else if (i.made.expires_at - world_.now() < 60'000) {
      BOOST_TEST_REQUIRE((what == redeem_kind::expired));
    } else {
      BOOST_TEST_REQUIRE((what == redeem_kind::lost));
      if (!std::exchange(i.lost, true)) world_.note(i, event::lost);
    }
  }
};

BOOST_AUTO_TEST_SUITE(analytics_law)

BOOST_AUTO_TEST_CASE(it_holds_for_every_range_and_provider_after_every_act) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      simulation s(seed);
      s.run();
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
