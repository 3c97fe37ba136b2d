#include "store/counting/expiry.hpp"

#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"
#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

using redeem_kind = store::redeem_outcome::kind;

struct expiring {
  redis_server redis;
  store_side side{redis};
  const store::group tag = store::group_of("clinic-1");
  const std::int64_t today = store_side::real_today();

  store::created_invite make(std::chrono::milliseconds ttl, std::string_view provider = "clinic-1") {
    store::new_invite wanted = some_invite(provider);
    wanted.ttl = ttl;
    return side.create(wanted).invite;
  }
  std::uint32_t settle(store_side& by) {
    store::expiry e(by.connection());
    return by.run(e.settle(tag)).value();
  }
  std::int64_t number(const std::string& key, const std::string& field) {
    const std::string reply = redis.command({"HGET", key, field});
    return reply == "$-1\r\n" ? 0 : std::stoll(reply.substr(reply.find('\n') + 1));
  }
  std::int64_t count(std::string_view event, std::int64_t day) {
    return number(std::string(store::day_key(tag, day)), std::string(event) + "|clinic-1");
  }
  std::int64_t pending() { return number(std::string(store::gauge_key(tag)), "pending|clinic-1"); }
  std::string due() { return std::string(store::group_key("due", tag)); }

  /// As if an invite had been made long ago and had expired at `ms`.
  void was_due(std::int64_t ms, int n) {
    for (int i = 0; i < n; ++i) {
      std::string handle = std::to_string(1'000'000'000'000'000 + n * 1'000'000 + i); // 16 characters
      redis.command({"ZADD", due(), std::to_string(ms), handle + "clinic-1"});
      redis.command({"HINCRBY", std::string(store::gauge_key(tag)), "pending|clinic-1", "1"});
    }
  }
};

BOOST_FIXTURE_TEST_SUITE(expiry, expiring)

BOOST_AUTO_TEST_CASE(nothing_due_nothing_written) {
  make(std::chrono::hours(1));
  const std::string before = redis.command({"HGETALL", std::string(store::gauge_key(tag))});
  BOOST_TEST(settle(side) == 0u);
  BOOST_TEST(redis.command({"HGETALL", std::string(store::gauge_key(tag))}) == before);
  BOOST_TEST(redis.command({"ZCARD", due()}) == ":1\r\n");
}

BOOST_AUTO_TEST_CASE(what_has_expired_is_counted_once) {
  for (int i = 0; i < 3; ++i) make(std::chrono::milliseconds(1));
  make(std::chrono::hours(1));
  BOOST_REQUIRE(wait_until([&] { return settle(side) > 0 || redis.command({"ZCARD", due()}) == ":1\r\n"; }));
  BOOST_REQUIRE(wait_until([&] {
    settle(side);
    return redis.command({"ZCARD", due()}) == ":1\r\n";
  }));
  BOOST_TEST(settle(side) == 0u);
  BOOST_TEST(count("expired", today) + count("expired", today + 1) == 3); // midnight may fall in between
  BOOST_TEST(pending() == 1);
}

BOOST_AUTO_TEST_CASE(after_days_of_downtime_each_falls_on_its_day) {
  constexpr std::int64_t day_ms = 86'400'000;
  was_due((today - 3) * day_ms, 450);              // the first ms of its day, and more than one call settles
  was_due((today - 2) * day_ms - 1, 7);            // the last ms of that day
  was_due((today - 2) * day_ms, 1);                // the first of the next
  was_due((today - 1) * day_ms + day_ms / 2, 250); // and another
  BOOST_TEST(settle(side) == 708u);
  BOOST_TEST(count("expired", today - 3) == 457);
  BOOST_TEST(count("expired", today - 2) == 1);
  BOOST_TEST(count("expired", today - 1) == 250);
  BOOST_TEST(pending() == 0);
  BOOST_TEST(redis.command({"EXISTS", due()}) == ":0\r\n");
  BOOST_TEST(std::stoll(redis.command({"TTL", std::string(store::day_key(tag, today - 3))}).substr(1)) > 0);
}

BOOST_AUTO_TEST_CASE(works_with_memory_full) {
  was_due(1000, 3);
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  BOOST_TEST(settle(side) == 3u);
  BOOST_TEST(count("expired", 0) == 3);
  BOOST_TEST(pending() == 0);
}

BOOST_AUTO_TEST_CASE(several_sweep_at_once_and_redeems_race_with_them) {
  store_side second(redis);
  std::int64_t redeemed = 0, made = 0;
  for (int round = 0; round < 40; ++round) {
    const store::created_invite invite = make(std::chrono::milliseconds(2 + round % 4));
    ++made;
    background racers;
    int done = 0;
    const auto redeem = [&](store_side& by) -> task<void> {
      const auto outcome = co_await by.invites().redeem(invite.ref, "", nullptr, a_patient);
      if (outcome && outcome->what == redeem_kind::redeemed) ++redeemed;
      ++done;
    };
    const auto sweep = [&](store_side& by) -> task<void> {
      store::expiry e(by.connection());
      static_cast<void>(co_await e.settle(tag));
      ++done;
    };
    for (int i = 0; i < 3; ++i) {
      racers.spawn(sweep(side));
      racers.spawn(redeem(side));
      racers.spawn(sweep(second));
      racers.spawn(redeem(second));
    }
    BOOST_REQUIRE(wait_until([&] {
      side.poll();
      second.poll();
      return done == 12;
    }));
  }
  BOOST_REQUIRE(wait_until([&] {
    settle(side);
    return redis.command({"EXISTS", due()}) == ":0\r\n";
  }));
  const std::int64_t expired = count("expired", today) + count("expired", today + 1);
  BOOST_TEST(redeemed + expired == made);
  BOOST_TEST(pending() == 0);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_settles_nothing) {
  was_due(1000, 1);
  store::expiry e(side.connection());
  side.connection().stop();
  BOOST_TEST((side.run(e.settle(tag)).error() == store::errc::unavailable));
  BOOST_TEST(redis.command({"ZCARD", due()}) == ":1\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
