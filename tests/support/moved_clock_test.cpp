// The clock that tests give to Redis does what they believe it does.
#include "tests/support/moved_clock.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

constexpr std::int64_t noon = 1'700'049'600'000; // 2023-11-15T12:00:00Z
constexpr std::int64_t day_ms = 86'400'000;

std::int64_t real_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::int64_t redis_ms(const redis_server& redis) {
  const std::string in_ms = "local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)";
  return std::stoll(redis.command({"EVAL", in_ms, "0"}).substr(1));
}

BOOST_AUTO_TEST_SUITE(clock_of_redis)

BOOST_AUTO_TEST_CASE(it_stands_where_it_is_put) {
  moved_clock clock(noon);
  const redis_server redis(clock, {});
  BOOST_TEST(redis_ms(redis) == noon);
  BOOST_TEST(redis.command({"TIME"}) == "*2\r\n$10\r\n1700049600\r\n$1\r\n0\r\n");
  clock.stand_at(noon + day_ms + 1);
  BOOST_TEST(redis_ms(redis) == noon + day_ms + 1);
  BOOST_TEST(real_ms() > noon + day_ms + 1); // the test's own clock is the real one
}

BOOST_AUTO_TEST_CASE(it_runs_on_as_far_ahead_as_asked) {
  moved_clock clock;
  const redis_server redis(clock, {});
  const std::int64_t before = real_ms(), real = redis_ms(redis);
  BOOST_TEST(real >= before);
  BOOST_TEST(real <= real_ms());
  clock.run_ahead(std::chrono::hours(24 * 30));
  const std::int64_t ahead = redis_ms(redis);
  BOOST_TEST(ahead >= real + 30 * day_ms);
  BOOST_TEST(wait_until([&] { return redis_ms(redis) > ahead; }));
}

BOOST_AUTO_TEST_CASE(times_to_live_and_expiry_follow) {
  moved_clock clock(noon);
  const redis_server redis(clock, {});
  redis.command({"SET", "looked-at", "1", "PX", "5000"});
  redis.command({"SET", "left-alone", "1", "PXAT", std::to_string(noon + day_ms)});
  BOOST_TEST(redis.command({"PTTL", "looked-at"}) == ":5000\r\n");
  clock.stand_at(noon + 4000);
  BOOST_TEST(redis.command({"PTTL", "looked-at"}) == ":1000\r\n");
  clock.stand_at(noon + day_ms + 1);
  BOOST_TEST(redis.command({"GET", "looked-at"}) == "$-1\r\n");
  BOOST_TEST(wait_until([&] { return redis.command({"DBSIZE"}) == ":0\r\n"; })); // by the active expire cycle
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
