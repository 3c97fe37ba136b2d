#include "store/counting/analytics.hpp"

#include "store/keys/keys.hpp"
#include "tests/support/moved_clock.hpp"
#include "tests/support/store_fixture.hpp"
#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

using store::event;

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t birth = 20'000; // 2024-10-04
constexpr std::string_view clinic = "clinic-1";

std::int64_t noon_of(std::int64_t day) {
  return day * day_ms + day_ms / 2;
}

struct counting {
  moved_clock clock{noon_of(birth)};
  redis_server redis{clock, {}};
  store_side side{redis, {}, birth, store::redis::durability::relaxed};
  store::analytics counts{side.lane(), birth};
  const store::group tag = store::group_of(clinic);

  store::result<store::activity> try_read(std::int64_t from, std::int64_t to,
                                          std::string_view provider = clinic) {
    return side.run(counts.read(provider, {from, to}));
  }
  store::activity read(std::int64_t from, std::int64_t to, std::string_view provider = clinic) {
    return try_read(from, to, provider).value();
  }
  store::created_invite make(std::chrono::milliseconds ttl, std::string_view provider = clinic) {
    store::new_invite wanted = some_invite(provider);
    wanted.ttl = ttl;
    return side.create(wanted).invite;
  }

  /// As if n invites had been made long ago and had expired at `ms`.
  void was_due(std::int64_t ms, int n) {
    const std::string add =
        "for i = 1, ARGV[2] do redis.call('ZADD', KEYS[1], ARGV[1], string.format('%016d', i + "
        "ARGV[1] % 1e9 * 1e5) .. ARGV[3]) end redis.call('HINCRBY', KEYS[2], 'pending|' .. "
        "ARGV[3], ARGV[2])";
    redis.command({"EVAL", add, "2", std::string(store::group_key("due", tag)),
                   std::string(store::gauge_key(tag)), std::to_string(ms), std::to_string(n),
                   std::string(clinic)});
  }

  /// How often a script was called in Redis.
  std::int64_t scripts_run() {
    const std::string stats = redis.command({"INFO", "commandstats"});
    std::int64_t calls = 0;
    for (const std::string_view name : {"cmdstat_evalsha:calls=", "cmdstat_eval:calls="}) {
      const std::size_t at = stats.find(name);
      if (at != stats.npos) calls += std::stoll(stats.substr(at + name.size()));
    }
    return calls;
  }
};

BOOST_FIXTURE_TEST_SUITE(analytics, counting)

BOOST_AUTO_TEST_CASE(nothing_is_all_zero) {
  const store::activity seen = read(birth - 3, birth + 4);
  BOOST_TEST(seen.days.size() == 7u);
  BOOST_TEST((seen.totals().of == store::event_counts{}.of));
  BOOST_TEST(seen.pending_at_end == 0);
  BOOST_TEST(seen.pending_at_start() == 0);
  BOOST_TEST(seen.redeem_times.size() == 14u);
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(whoever_opens_a_link_has_seen_it) {
  const store::created_invite viewed = make(std::chrono::hours(100)), unseen = make(std::chrono::hours(100));
  side.run(side.invites().view(viewed.ref, {}, true, a_patient)).value();
  clock.stand_at(noon_of(birth + 1));
  side.redeem(viewed.id);
  side.redeem(unseen.id);
  clock.stand_at(noon_of(birth + 2));
  side.run(side.invites().view(unseen.ref, {}, true, a_patient)).value(); // its first view was the opening

  const store::activity seen = read(birth, birth + 3);
  BOOST_TEST(seen.days[0][event::viewed] == 1);
  BOOST_TEST(seen.days[1][event::viewed] == 1);
  BOOST_TEST(seen.days[1][event::redeemed] == 2);
  BOOST_TEST(seen.days[2][event::viewed] == 0);
  const store::provider_scope all = store::provider_scope::all();
  const auto found = side.run(side.invites().find(unseen.ref, all, a_silent_look)).value();
  BOOST_TEST_REQUIRE(found.has_value());
  BOOST_TEST(found->viewed_at == found->ended_at);
}

BOOST_AUTO_TEST_CASE(every_event_counts_on_its_day) {
  const store::created_invite opened = make(std::chrono::hours(100)), ended = make(std::chrono::hours(100));
  make(std::chrono::hours(36)); // expires at midnight, which belongs to the next day
  clock.stand_at(noon_of(birth + 1));
  side.run(side.invites().view(opened.ref, {}, true, a_patient)).value();
  side.redeem(opened.id);
  clock.stand_at(noon_of(birth + 4));
  side.run(side.invites().end(ended.ref, store::provider_scope::all(), store::ending::revoke, a_clinician))
      .value();
  side.run(side.invites().ask(ended.ref)).value();

  const store::activity seen = read(birth, birth + 5);
  BOOST_TEST(seen.days[0][event::created] == 3);
  BOOST_TEST(seen.days[1][event::viewed] == 1);
  BOOST_TEST(seen.days[1][event::redeemed] == 1);
  BOOST_TEST(seen.days[2][event::expired] == 1);
  BOOST_TEST(seen.days[4][event::revoked] == 1);
  BOOST_TEST(seen.days[4][event::asked] == 1);
  BOOST_TEST(seen.pending_at_start() == 0);
  BOOST_TEST(seen.pending_at_end == 0);
  BOOST_TEST(read(birth + 1, birth + 2).pending_at_start() == 3);
  BOOST_TEST(read(birth + 1, birth + 2).pending_at_end == 2);
  BOOST_TEST(read(birth + 3, birth + 4).pending_at_end == 1);
  BOOST_TEST(read(birth, birth + 5, "clinic-2").totals()[event::created] == 0);
}

BOOST_AUTO_TEST_CASE(ninety_days_are_one_round_trip) {
  clock.stand_at(noon_of(birth + 89));
  make(std::chrono::hours(1));
  read(birth + 89, birth + 90); // corrects the day
  redis.command({"CONFIG", "RESETSTAT"});
  clock.stand_at(noon_of(birth + 89) + 3'600'000); // there is something to settle
  const store::activity seen = read(birth, birth + 90);
  BOOST_TEST(scripts_run() == 1);
  BOOST_TEST(seen.days.size() == 90u);
  BOOST_TEST(seen.days.back()[event::expired] == 1);
  BOOST_TEST(seen.pending_at_end == 0);
}

BOOST_AUTO_TEST_CASE(a_wrong_guess_of_the_day_costs_one_more) {
  make(std::chrono::hours(1));
  store::analytics late(side.lane(), birth - 1), early(side.lane(), birth + 1);
  for (store::analytics* counts_of : {&late, &early}) {
    redis.command({"CONFIG", "RESETSTAT"});
    BOOST_TEST(side.run(counts_of->read(clinic, {birth, birth + 1})).value().pending_at_end == 1);
    BOOST_TEST(scripts_run() == 2);
  }
}

BOOST_AUTO_TEST_CASE(what_is_due_is_settled_before_anything_is_returned) {
  was_due(noon_of(birth) - 1, 150);
  was_due(noon_of(birth) + 1, 1); // not yet due
  const store::activity seen = read(birth, birth + 1);
  BOOST_TEST(seen.days[0][event::expired] == 150);
  BOOST_TEST(seen.pending_at_end == 1);
  BOOST_TEST(seen.pending_at_start() == 151);
}

BOOST_AUTO_TEST_CASE(more_than_a_call_may_settle_and_days_before_the_first_take_several) {
  was_due(noon_of(birth), 450);
  was_due(noon_of(birth - 7), 5000);
  was_due(noon_of(birth - 8), 3);
  const store::activity seen = read(birth - 1, birth + 1);
  BOOST_TEST(seen.totals()[event::expired] == 450);
  BOOST_TEST(seen.pending_at_start() == 450);
  BOOST_TEST(seen.pending_at_end == 0);
  const store::activity before = read(birth - 8, birth - 1);
  BOOST_TEST(before.days[0][event::expired] == 3);
  BOOST_TEST(before.days[1][event::expired] == 5000);
  BOOST_TEST(before.pending_at_start() == 5453);
}

BOOST_AUTO_TEST_CASE(with_endless_expiries_it_gives_up_and_returns_nothing_wrong) {
  was_due(noon_of(birth - 2), 50'000);
  BOOST_TEST((try_read(birth, birth + 1).error() == store::errc::unavailable));
  BOOST_TEST(read(birth - 2, birth + 1).totals()[event::expired] == 50'000); // what was settled stays settled
}

BOOST_AUTO_TEST_CASE(days_to_come_are_empty) {
  make(std::chrono::hours(1));
  was_due(noon_of(birth) - 1, 2);
  const store::activity ahead = read(birth + 1, birth + 8), far = read(birth + 5000, birth + 5100),
                        both = read(birth, birth + 2);
  for (const store::activity* seen : {&ahead, &far}) {
    BOOST_TEST((seen->totals().of == store::event_counts{}.of));
    BOOST_TEST(seen->pending_at_start() == 1);
    BOOST_TEST(seen->pending_at_end == 1);
  }
  BOOST_TEST(ahead.days.size() == 7u);
  BOOST_TEST(far.days.size() == 100u);
  BOOST_TEST(both.days[0][event::created] == 1);
  BOOST_TEST(both.pending_at_end == 1);
}

BOOST_AUTO_TEST_CASE(times_to_redeem_fall_into_their_buckets) {
  constexpr std::int64_t ends[] = {60,      300,     900,     3600,      14400,     43200,     86400,
                                   172'800, 345'600, 604'800, 1'209'600, 2'592'000, 7'776'000, 315'360'000};
  const std::int64_t start = noon_of(birth);
  for (const std::int64_t end : ends) {
    if (end == 315'360'000) break;
    for (const std::int64_t after : {end * 1000, end * 1000 + 1}) { // to the millisecond
      clock.stand_at(start);
      const store::created_invite invite = make(std::chrono::hours(24 * 90 + 1));
      clock.stand_at(start + after);
      BOOST_TEST((side.redeem(invite.id).what == store::redeem_outcome::kind::redeemed));
    }
  }
  clock.stand_at(start);
  const store::created_invite young = make(std::chrono::hours(1));
  clock.stand_at(start - 60'000); // a clock set back
  side.redeem(young.id);

  clock.stand_at(start + 91 * day_ms);
  store::activity seen = read(birth, birth + 50);
  seen += read(birth + 50, birth + 100);
  BOOST_REQUIRE(seen.redeem_times.size() == std::size(ends));
  for (std::size_t i = 0; i < std::size(ends); ++i) {
    BOOST_TEST_CONTEXT("bucket " << i) {
      const bool last = i + 1 == std::size(ends);
      BOOST_TEST(seen.redeem_times[i].upper_end == ends[i]);
      BOOST_TEST(seen.redeem_times[i].count == (i == 0 || !last ? 2 : 1));
    }
  }
}

BOOST_AUTO_TEST_CASE(works_with_memory_full) {
  was_due(noon_of(birth) - 1, 3);
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  BOOST_TEST(read(birth, birth + 1).totals()[event::expired] == 3);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_is_unavailable) {
  side.connection().stop();
  BOOST_TEST((try_read(birth, birth + 1).error() == store::errc::unavailable));
}

/// The law holds at every instant: a reader that runs at the same time as all writers never sees it broken.
BOOST_AUTO_TEST_CASE(the_law_holds_while_others_write) {
  clock.run_ahead(std::chrono::milliseconds(0));
  const std::int64_t today = store_side::real_today();
  store_side reader(redis, {}, today, store::redis::durability::relaxed);
  store::analytics seen_by(reader.lane(), today);
  int running = 0, reads = 0;
  const auto live = [&](int ttl) -> task<void> {
    store::new_invite wanted = some_invite(clinic);
    wanted.ttl = std::chrono::milliseconds(ttl);
    const auto made = co_await side.invites().create(wanted);
    if (made && ttl % 3 == 0)
      static_cast<void>(co_await side.invites().redeem(made->invite.ref, "", nullptr, a_patient));
    const store::provider_scope all = store::provider_scope::all();
    if (made && ttl % 3 == 1)
      static_cast<void>(
          co_await side.invites().end(made->invite.ref, all, store::ending::revoke, a_clinician));
    --running;
  };
  const auto look = [&]() -> task<void> {
    const store::day_range days{today, today + 2};
    const auto seen = co_await seen_by.read(clinic, days);
    BOOST_TEST_REQUIRE(seen.has_value());
    BOOST_TEST(seen->pending_at_start() == 0);
    BOOST_TEST(seen->pending_at_end >= 0);
    ++reads;
    --running;
  };
  background tasks;
  for (int round = 0; round < 100; ++round) {
    for (int i = 1; i <= 5; ++i) {
      running += 2;
      tasks.spawn(live(round % 7 * i + 1));
      tasks.spawn(look());
    }
    BOOST_REQUIRE(wait_until([&] {
      side.poll();
      reader.poll();
      return running < 5;
    }));
  }
  BOOST_REQUIRE(wait_until([&] {
    side.poll();
    reader.poll();
    return running == 0;
  }));
  BOOST_TEST(reads == 500);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
