#include "store/counting/folding.hpp"

#include "store/counting/analytics.hpp"
#include "store/keys/keys.hpp"
#include "tests/support/moved_clock.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

using store::event;

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t today = 20'000;

struct counted_days {
  moved_clock clock{today * day_ms};
  redis_server redis{clock, {}};
  store_side side{redis, {}, today, store::redis::durability::relaxed};
  store::analytics counts{side.lane(), today};
  store::folding folds{side.connection()};
  const store::group tag = store::group_of("clinic-1");
  const std::string neighbour = some_neighbour(); ///< another provider in the same group

  std::string some_neighbour() const {
    std::string name;
    for (int i = 2; name.empty() || store::group_of(name) != tag; ++i) name = "clinic-" + std::to_string(i);
    return name;
  }
  std::string key(std::int64_t day) { return std::string(store::day_key(tag, day)); }
  void count(std::int64_t day, const std::string& what, int n, const std::string& provider = "clinic-1") {
    redis.command({"HINCRBY", key(day), what + '|' + provider, std::to_string(n)});
  }
  void fold(std::int64_t day) { BOOST_TEST_REQUIRE(side.run(folds.fold(tag, day)).has_value()); }
  store::activity read(std::int64_t day, std::string_view provider = "clinic-1") {
    return side.run(counts.read(provider, {day, day + 1})).value();
  }
  std::string fields(std::int64_t day) { return redis.command({"HLEN", key(day)}); }
};

BOOST_FIXTURE_TEST_SUITE(folding, counted_days)

BOOST_AUTO_TEST_CASE(what_is_folded_reads_the_same) {
  constexpr std::int64_t day = today - 2;
  int n = 0;
  for (const std::string& provider : {std::string("clinic-1"), std::string("some|body"), neighbour})
    for (const char* what : {"created", "viewed", "redeemed", "expired", "asked", "ttr:60", "ttr:315360000"})
      count(day, what, ++n, provider);
  count(day, "a_later_kind", 5);
  redis.command({"EXPIRE", key(day), "1000"});
  const store::activity before = read(day);
  BOOST_TEST(before.totals()[event::created] == 1);
  BOOST_TEST(before.totals()[event::asked] == 5);
  BOOST_TEST(before.redeem_times.front().count == 6);
  BOOST_TEST(before.redeem_times.back().count == 7);
  for (int again = 0; again < 2; ++again) {
    fold(day);
    const store::activity after = read(day);
    BOOST_TEST((after.totals().of == before.totals().of));
    BOOST_TEST(after.redeem_times.front().count == 6);
    BOOST_TEST(after.redeem_times.back().count == 7);
    BOOST_TEST(after.pending_at_end == before.pending_at_end);
    BOOST_TEST(fields(day) == ":4\r\n"); // one for each provider, and the kind that it does not know
    BOOST_TEST(redis.command({"TTL", key(day)}) == ":1000\r\n");
  }
  BOOST_TEST(read(day, neighbour).totals()[event::expired] == 18);
}

BOOST_AUTO_TEST_CASE(what_is_counted_late_is_added) {
  constexpr std::int64_t day = today - 9;
  count(day, "created", 3);
  fold(day);
  count(day, "expired", 2);
  BOOST_TEST(read(day).totals()[event::created] == 3);
  BOOST_TEST(read(day).totals()[event::expired] == 2);
  fold(day);
  count(day, "expired", 1);
  BOOST_TEST(read(day).totals()[event::created] == 3);
  BOOST_TEST(read(day).totals()[event::expired] == 3);
  BOOST_TEST(fields(day) == ":2\r\n");
}

BOOST_AUTO_TEST_CASE(young_days_stay_as_they_are) {
  for (const std::int64_t day : {today - 1, today, today + 1}) {
    count(day, "created", 3);
    count(day, "expired", 3);
    fold(day);
    BOOST_TEST(fields(day) == ":2\r\n");
  }
}

BOOST_AUTO_TEST_CASE(a_large_day_goes_in_several_calls) {
  constexpr std::int64_t day = today - 2;
  const std::string many = "for p = 1, 1000 do for _, e in ipairs({'created', 'viewed', 'expired'}) do "
                           "redis.call('HSET', KEYS[1], e .. '|p' .. p, p) end end";
  redis.command({"EVAL", many, "1", key(day)});
  count(day, "viewed", 7);
  count(day, "expired", 8, neighbour);
  fold(day);
  BOOST_TEST(fields(day) == ":1002\r\n");
  BOOST_TEST(read(day).totals()[event::viewed] == 7);
  BOOST_TEST(read(day, neighbour).totals()[event::expired] == 8);
}

BOOST_AUTO_TEST_CASE(with_memory_full_nothing_is_lost) {
  count(today - 2, "created", 3);
  count(today - 2, "expired", 1);
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  BOOST_TEST((side.run(folds.fold(tag, today - 2)).error() == store::errc::refused));
  BOOST_TEST(read(today - 2).totals()[event::created] == 3);
  BOOST_TEST(fields(today - 2) == ":2\r\n");
}

BOOST_AUTO_TEST_CASE(step_by_step_every_group_has_its_turn) {
  count(today - 2, "created", 3);
  count(today - 2, "expired", 1);
  count(today - 9, "created", 3);
  count(today - 9, "expired", 1);
  for (int i = 0; i < 256; ++i) BOOST_TEST_REQUIRE(side.run(folds.step(today)).has_value());
  BOOST_TEST(fields(today - 2) == ":1\r\n");
  BOOST_TEST(fields(today - 9) == ":2\r\n");
  for (int i = 0; i < 7 * 256; ++i) BOOST_TEST_REQUIRE(side.run(folds.step(today)).has_value());
  BOOST_TEST(fields(today - 9) == ":1\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
