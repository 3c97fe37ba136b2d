#include "store/redis/day_call.hpp"

#include "store/base/script_number.hpp"
#include "tests/store/redis/client.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

namespace invited::test {
namespace {

using store::errc;
using store::redis::day_call;

// Redis knows none of these by its hash, so each call is written twice.

/// Notes its call at the key, and finds that it is the day ARGV[2].
const store::script wants_day = {"wants_day",
                                 "redis.call('RPUSH', KEYS[1], ARGV[1]) "
                                 "if ARGV[1] ~= ARGV[2] then return {'day', tonumber(ARGV[2])} end "
                                 "return {'done', KEYS[1]}",
                                 "unknown", 1};
/// Finds that it is always the day after.
const store::script never_agrees = {
    "never_agrees", "redis.call('RPUSH', KEYS[1], ARGV[1]) return {'day', ARGV[1] + 1}", "unknown", 1};

class some_call final : public day_call {
public:
  explicit some_call(std::int64_t wanted) : wanted_(wanted) {}

  void write_to(store::redis::script_writer& to, std::int64_t today) const override {
    to.begin(1, 2);
    to.add("day " + std::to_string(today));
    to.add(store::script_number(today));
    to.add(store::script_number(wanted_));
  }

private:
  std::int64_t wanted_;
};

struct day_calls {
  day_calls() { BOOST_REQUIRE_MESSAGE(c.wait_ready(), c.connection.why_not_ready()); }

  /// Starts a call. Its outcome lives as long as this.
  outcome& start(const store::script& s, const day_call& call, std::int64_t& today) {
    outcome& o = c.outcomes.emplace_back();
    c.calls.spawn(run(c.connection, s, call, today, o));
    return o;
  }

  outcome ended(const store::script& s, const day_call& call, std::int64_t& today) {
    const outcome& o = start(s, call, today);
    BOOST_TEST_REQUIRE(c.wait_done(o));
    return o;
  }

  static task<void> run(store::redis::connection& redis, const store::script& s, const day_call& call,
                        std::int64_t& today, outcome& o) {
    const auto reply = co_await store::redis::run_on_day(redis, s, call, today);
    client::note(reply, o);
  }

  redis_server server;
  client c{client::settings(server.url())};
};

BOOST_FIXTURE_TEST_SUITE(store_redis_day_call, day_calls)

BOOST_AUTO_TEST_CASE(a_right_guess_is_one_call) {
  std::int64_t today = 7;
  BOOST_TEST(ended(wants_day, some_call(7), today).shown == R"(["done", "day 7"])");
  BOOST_TEST(today == 7);
  BOOST_TEST(server.command({"LLEN", "day 7"}) == ":1\r\n");
}

BOOST_AUTO_TEST_CASE(a_wrong_guess_is_corrected_with_the_key_of_the_other_day) {
  std::int64_t today = 7;
  BOOST_TEST(ended(wants_day, some_call(-3), today).shown == R"(["done", "day -3"])");
  BOOST_TEST(today == -3);
  BOOST_TEST(server.command({"LLEN", "day 7"}) == ":1\r\n"); // this script notes it; one of ours would not
  BOOST_TEST(ended(wants_day, some_call(-3), today).shown == R"(["done", "day -3"])");
  BOOST_TEST(server.command({"LLEN", "day 7"}) == ":1\r\n"); // the guess is right now
}

BOOST_AUTO_TEST_CASE(a_clock_that_never_agrees_is_given_up) {
  std::int64_t today = 1;
  BOOST_TEST(is(ended(never_agrees, some_call(0), today), errc::unexpected));
  for (const char* key : {"day 1", "day 2", "day 3"}) BOOST_TEST(server.command({"LLEN", key}) == ":1\r\n");
  BOOST_TEST(server.command({"DBSIZE"}) == ":3\r\n");
}

BOOST_AUTO_TEST_CASE(a_day_that_is_no_number_is_unexpected) {
  for (const char* source : {"return {'day'}", "return {'day', 'monday'}", "return {'day', {1}}"}) {
    const store::script odd = {"odd", source, "unknown", 1};
    std::int64_t today = 4;
    BOOST_TEST(is(ended(odd, some_call(4), today), errc::unexpected));
    BOOST_TEST(today == 4);
  }
}

BOOST_AUTO_TEST_CASE(every_other_reply_is_the_callers) {
  const std::map<const char*, const char*> cases = {{"return 'day'", R"("day")"},
                                                    {"return {}", "[]"},
                                                    {"return 7", "7"},
                                                    {"return false", "nil"},
                                                    {"return {{'day', 8}}", R"([["day", 8]])"}};
  for (const auto& [source, shown] : cases) {
    const store::script some = {"some", source, "unknown", 1};
    std::int64_t today = 4;
    BOOST_TEST(ended(some, some_call(4), today).shown == shown);
  }
  const store::script wrong = {"wrong", "return redis.error_reply('ERR no')", "unknown", 1};
  std::int64_t today = 4;
  BOOST_TEST(is(ended(wrong, some_call(4), today), errc::refused));
  c.connection.stop();
  BOOST_TEST(is(ended(wrong, some_call(4), today), errc::unavailable));
}

BOOST_AUTO_TEST_CASE(calls_that_share_a_day_do_not_disturb_each_other) {
  std::int64_t today = 0;
  const some_call one(5), other(9);
  const outcome &a = start(wants_day, one, today), &b = start(wants_day, other, today);
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST(a.shown == R"(["done", "day 5"])");
  BOOST_TEST(b.shown == R"(["done", "day 9"])");
  BOOST_TEST((today == 5 || today == 9));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
