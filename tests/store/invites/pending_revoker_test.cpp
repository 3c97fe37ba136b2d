// After a restore, exactly the pending invites that are older than a given time are ended, whatever else
// happens meanwhile.
#include "store/invites/pending_revoker.hpp"

#include "store/async/all_of.hpp"
#include "store/counting/expiry.hpp"
#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"
#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

namespace invited::test {
namespace {

using redeem_kind = store::redeem_outcome::kind;
using store::invite_state;
using store::pending_revoker;

const std::vector<std::string> clinics = {"clinic-1", "clinic-2", "clinic-3", "clinic-4", "clinic-5"};

struct restored {
  redis_server redis;
  store_side side{redis};
  std::vector<store::created_invite> made;

  /// Makes `n` invites of each clinic, one batch after another.
  void make(std::size_t n, std::chrono::milliseconds ttl = std::chrono::hours(1)) {
    std::vector<store::new_invite> wanted;
    for (const std::string& clinic : clinics) {
      wanted.push_back(some_invite(clinic));
      wanted.back().ttl = ttl;
      wanted.back().limit = {1e6, 1'000'000};
    }
    for (std::size_t i = 0; i < n; ++i) side.run(make_each(wanted));
  }
  task<void> make_each(const std::vector<store::new_invite>& wanted) {
    std::vector<task<store::result<store::create_outcome>>> calls;
    for (const store::new_invite& w : wanted) calls.push_back(side.invites().create(w));
    all_of<store::result<store::create_outcome>> all(calls);
    co_await all;
    for (auto& call : calls) made.push_back(call.take().value().invite);
  }

  std::int64_t redis_time() {
    pending_revoker any(side.connection(), side.invites(), {.created_before = 0});
    return side.run(any.time()).value();
  }
  /// A time after every invite made so far and before every later one.
  std::int64_t moment() {
    const std::int64_t at = redis_time() + 1;
    BOOST_REQUIRE(wait_until([&] { return redis_time() > at; }));
    return at;
  }
  pending_revoker::progress revoke(pending_revoker::order what) {
    pending_revoker work(side.connection(), side.invites(), std::move(what));
    side.run(work.run([](const auto&) {})).value();
    return work.done();
  }
  invite_state state(const store::created_invite& invite) {
    return side.run(side.invites().view(invite.ref, "", false, a_patient)).value()->state;
  }
  std::int64_t number(const std::string& key, std::string_view event, const std::string& clinic) {
    const std::string reply = redis.command({"HGET", key, std::string(event) + "|" + clinic});
    return reply == "$-1\r\n" ? 0 : std::stoll(reply.substr(reply.find('\n') + 1));
  }
  std::int64_t count(std::string_view event, const std::string& clinic) {
    return number(std::string(store::day_key(store::group_of(clinic), store_side::real_today())), event,
                  clinic);
  }
  std::int64_t count_all(std::string_view event) {
    std::int64_t sum = 0;
    for (const std::string& clinic : clinics) sum += count(event, clinic);
    return sum;
  }
  std::int64_t pending(const std::string& clinic) {
    return number(std::string(store::gauge_key(store::group_of(clinic))), "pending", clinic);
  }
  /// created = pending + redeemed + revoked + expired, for each clinic, and pending is what the list says.
  void check_law() {
    store::expiry sweep(side.connection());
    for (const std::string& clinic : clinics) {
      BOOST_TEST_CONTEXT(clinic) {
        const store::group g = store::group_of(clinic);
        side.run(sweep.settle(g)).value();
        BOOST_TEST(count("created", clinic) == pending(clinic) + count("redeemed", clinic) +
                                                   count("revoked", clinic) + count("expired", clinic));
        store::list_query q{};
        q.provider_id = clinic;
        q.state = invite_state::pending;
        q.limit = 10'000;
        BOOST_TEST(side.run(side.invites().list(q)).value().invites.size() ==
                   static_cast<std::size_t>(pending(clinic)));
      }
    }
  }
};

BOOST_FIXTURE_TEST_SUITE(revoking_what_was_pending, restored)

BOOST_AUTO_TEST_CASE(exactly_what_is_older_and_pending_is_ended) {
  make(450); // more than one step takes, for each clinic
  const std::size_t old = made.size();
  for (std::size_t i = 0; i < old; i += 10) side.redeem(made[i].id);
  const store::provider_scope all = store::provider_scope::all();
  for (std::size_t i = 1; i < old; i += 10)
    side.run(side.invites().end(made[i].ref, all, store::ending::revoke, a_clinician)).value();
  make(10, std::chrono::milliseconds(1));
  const std::int64_t before = moment();
  make(20);

  const pending_revoker::progress dry = revoke({.created_before = before, .dry_run = true});
  BOOST_TEST(dry.ended == old * 8 / 10);
  BOOST_TEST(dry.newer == 20 * clinics.size());
  BOOST_TEST(count_all("revoked") == static_cast<std::int64_t>(old / 10)); // nothing changed
  const pending_revoker::progress done = revoke({.created_before = before});
  BOOST_TEST(done.ended == dry.ended);
  BOOST_TEST(done.newer == dry.newer);
  BOOST_TEST(done.groups == 256u);

  for (std::size_t i = 0; i < made.size(); i += 7) {
    const std::size_t expired_from = old, newer_from = old + 10 * clinics.size();
    const invite_state should_be = i >= newer_from     ? invite_state::pending
                                   : i >= expired_from ? invite_state::expired
                                   : i % 10 == 0       ? invite_state::redeemed
                                                       : invite_state::revoked;
    BOOST_TEST_CONTEXT(i) BOOST_TEST((state(made[i]) == should_be));
  }
  check_law();
  BOOST_TEST(revoke({.created_before = before}).ended == 0u);
  BOOST_TEST(count_all("revoked") == static_cast<std::int64_t>(old * 9 / 10));
}

BOOST_AUTO_TEST_CASE(only_the_providers_that_were_named) {
  make(3);
  const std::int64_t before = moment();
  const pending_revoker::progress done =
      revoke({.created_before = before, .providers = {"clinic-2", "nobody"}});
  BOOST_TEST(done.ended == 3u);
  for (const std::string& clinic : clinics)
    BOOST_TEST(count("revoked", clinic) == (clinic == "clinic-2" ? 3 : 0));
  check_law();
}

BOOST_AUTO_TEST_CASE(providers_of_one_group_are_kept_apart) {
  std::string twin;
  for (int i = 0; twin.empty(); ++i) {
    const std::string name = "twin-" + std::to_string(i);
    if (store::group_of(name) == store::group_of("clinic-1")) twin = name;
  }
  for (int i = 0; i < 5; ++i) side.create(some_invite(twin));
  make(5);
  const std::int64_t before = moment();
  BOOST_TEST(revoke({.created_before = before, .providers = {"clinic-1"}}).ended == 5u);
  BOOST_TEST(pending(twin) == 5);
  BOOST_TEST(pending("clinic-1") == 0);
}

BOOST_AUTO_TEST_CASE(given_up_in_the_middle_it_goes_on_where_it_was) {
  make(300);
  const std::int64_t before = moment();
  struct enough {};
  std::uint64_t first = 0;
  {
    pending_revoker work(side.connection(), side.invites(), {.created_before = before});
    BOOST_CHECK_THROW(side.run(work.run([&](const pending_revoker::progress& p) {
      first = p.ended;
      if (p.ended > 500) throw enough{};
    })),
                      enough);
  }
  BOOST_TEST(first > 500u);
  BOOST_TEST(first < made.size());
  check_law();
  BOOST_TEST(revoke({.created_before = before}).ended == made.size() - first);
  BOOST_TEST(revoke({.created_before = before}).ended == 0u);
  for (const std::string& clinic : clinics) BOOST_TEST(count("revoked", clinic) == 300);
  check_law();
}

BOOST_AUTO_TEST_CASE(of_a_redeem_and_this_exactly_one_wins) {
  make(100);
  const std::int64_t before = moment();
  store_side patients(redis);
  std::map<std::size_t, bool> opened;
  const auto redeem = [&](std::size_t i) -> task<void> {
    const store::invite_ref ref = made[i].ref;
    const auto outcome = co_await patients.invites().redeem(ref, "", nullptr, a_patient);
    opened[i] = outcome.value().what == redeem_kind::redeemed;
    if (!opened[i]) BOOST_TEST((outcome.value().what == redeem_kind::revoked));
  };
  background racing;
  std::size_t next = made.size();
  pending_revoker work(side.connection(), side.invites(), {.created_before = before});
  side.run(work.run([&](const auto&) { // before each step some are redeemed, from the other end
        for (int n = 0; n < 40 && next > 0; ++n) racing.spawn(redeem(--next));
        patients.poll();
      }))
      .value();
  while (next > 0) racing.spawn(redeem(--next));
  BOOST_REQUIRE(wait_until([&] {
    patients.poll();
    return opened.size() == made.size();
  }));
  std::uint64_t redeemed = 0;
  for (const auto& [i, won] : opened) {
    redeemed += won ? 1U : 0U;
    BOOST_TEST((state(made[i]) == (won ? invite_state::redeemed : invite_state::revoked)));
  }
  BOOST_TEST(redeemed > 0u);
  BOOST_TEST(redeemed + work.done().ended == made.size());
  check_law();
}

BOOST_AUTO_TEST_CASE(many_that_expire_in_one_millisecond_do_not_stop_it) {
  make(1);
  const std::string due(store::group_key("due", store::group_of("clinic-1")));
  for (int i = 0; i < 700; ++i) { // ledgers that are gone, all with the same time
    std::string h = "0000000000000000" + std::to_string(i);
    redis.command({"ZADD", due, "4102444800000", h.substr(h.size() - 16) + "clinic-1"});
  }
  const std::int64_t before = moment();
  const pending_revoker::progress done = revoke({.created_before = before});
  BOOST_TEST(done.ended == clinics.size());
  BOOST_TEST(done.over == 700u);
}

BOOST_AUTO_TEST_CASE(one_whose_right_is_gone_is_ended_too) {
  make(1);
  const store::created_invite& lost = made[0];
  redis.command({"DEL", std::string(store::invite_key("inv", lost.ref.tag, lost.ref.h))});
  const std::int64_t before = moment();
  BOOST_TEST(revoke({.created_before = before}).ended == clinics.size());
  BOOST_TEST((state(lost) == invite_state::revoked));
  check_law();
}

BOOST_AUTO_TEST_CASE(a_key_that_is_gone_is_not_needed) {
  make(2);
  const std::int64_t before = moment();
  store_side other(redis, std::string(second_seal_line).append(test_index_line));
  pending_revoker work(other.connection(), other.invites(), {.created_before = before});
  other.run(work.run([](const auto&) {})).value();
  BOOST_TEST(work.done().ended == made.size());
}

BOOST_AUTO_TEST_CASE(a_store_that_goes_away_is_reported) {
  make(2);
  const std::int64_t before = moment();
  pending_revoker work(side.connection(), side.invites(), {.created_before = before});
  const auto outcome = side.run(work.run([&](const auto&) {
    redis.command({"CLIENT", "KILL", "TYPE", "normal"});
  }));
  BOOST_TEST(outcome.has_error());
  BOOST_TEST(work.done().ended < made.size());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
