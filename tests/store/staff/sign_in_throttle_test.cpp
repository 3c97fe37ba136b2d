#include "store/keys.hpp"
#include "tests/store/staff/staff_fixture.hpp"
#include "tests/support/tasks.hpp"

namespace invited::test {
namespace {

using store::sign_in_attempt;
using store::sign_in_throttle;

constexpr std::int64_t noon = 1'700'049'600'000;

struct throttled {
  moved_clock clock{noon};
  redis_server redis{clock};
  staff_side side{redis}, other{redis};

  sign_in_attempt count(staff_side& by, std::string_view user, std::string_view address) {
    const store::handle name = by.accounts.name_of(user);
    return by.run(by.throttle.count(name, address)).value();
  }
  bool counted(staff_side& by, std::string_view user, std::string_view address) {
    return !count(by, user, address).wait.has_value();
  }
};

BOOST_FIXTURE_TEST_SUITE(staff_sign_in_throttle, throttled)

BOOST_AUTO_TEST_CASE(after_five_an_account_waits_on_every_server) {
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(counted(i % 2 == 0 ? side : other, "Grey", "203.0.113." + std::to_string(i)));
  for (staff_side* s : {&side, &other}) {
    const sign_in_attempt refused = count(*s, "gREY", "203.0.113.9");
    BOOST_TEST((refused.wait == std::chrono::milliseconds(60'000)));
  }
  BOOST_TEST(counted(side, "Yang", "203.0.113.9")); // it was not counted against the address
}

BOOST_AUTO_TEST_CASE(after_five_an_address_waits) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(counted(side, "user-" + std::to_string(i), "203.0.113.7"));
  BOOST_TEST(!counted(other, "user-9", "203.0.113.7"));
  for (int i = 0; i < 5; ++i)
    BOOST_TEST(counted(side, "user-9", "203.0.114." + std::to_string(i))); // none was lost
}

BOOST_AUTO_TEST_CASE(who_must_wait_makes_redis_write_nothing) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(counted(side, "user-" + std::to_string(i), "203.0.113.7"));
  const auto changes = [this] {
    const std::string info = redis.command({"INFO", "persistence"}), name = "rdb_changes_since_last_save:";
    return std::stoll(info.substr(info.find(name) + name.size()));
  };
  const long long before = changes();
  for (int i = 0; i < 20; ++i) BOOST_TEST(!counted(other, "Grey", "203.0.113.7"));
  BOOST_TEST(changes() == before); // and so nobody is locked out by them
  BOOST_TEST(counted(side, "Grey", "203.0.114.1"));
}

BOOST_AUTO_TEST_CASE(each_counts_for_a_minute) {
  for (int i = 0; i < 5; ++i) {
    clock.stand_at(noon + i * 10'000);
    BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  }
  clock.stand_at(noon + 59'999);
  BOOST_TEST((count(side, "Grey", "203.0.113.7").wait == std::chrono::milliseconds(1)));
  clock.stand_at(noon + 60'000);
  BOOST_TEST(counted(side, "Grey", "203.0.113.7")); // the first has gone
  BOOST_TEST((count(side, "Grey", "203.0.113.7").wait == std::chrono::milliseconds(10'000)));
  clock.stand_at(noon + 200'000);
  BOOST_TEST(wait_until([&] { return redis.command({"DBSIZE"}) == ":0\r\n"; })); // nothing stays
}

BOOST_AUTO_TEST_CASE(a_right_one_is_given_back_and_no_other) {
  for (int i = 0; i < 4; ++i) BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  for (int i = 0; i < 10; ++i) {
    const sign_in_attempt right = count(side, "Grey", "203.0.113.7");
    BOOST_TEST(!right.wait.has_value());
    side.run(side.throttle.forgive(right));
  }
  BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  BOOST_TEST(!counted(side, "Grey", "203.0.113.7"));
}

BOOST_AUTO_TEST_CASE(given_back_nothing_is_left) {
  const sign_in_attempt right = count(side, "Grey", "203.0.113.7");
  side.run(side.throttle.forgive(right));
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
  side.run(side.throttle.forgive(right)); // again: there is none any more
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(many_at_a_time_are_no_more_than_five) {
  background spawned;
  int through = 0, refused = 0;
  const store::handle name = side.accounts.name_of("Grey");
  const auto guess = [&](staff_side& by, int i) -> task<void> {
    const std::string address = "203.0.113." + std::to_string(i);
    const store::result<sign_in_attempt> attempt = co_await by.throttle.count(name, address);
    ++(attempt.value().wait ? refused : through);
  };
  for (int i = 0; i < 40; ++i) spawned.spawn(guess(i % 2 == 0 ? side : other, i));
  BOOST_REQUIRE(wait_until([&] {
    side.poll();
    other.poll();
    return through + refused == 40;
  }));
  BOOST_TEST(through == 5);
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_locks_nobody_out) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  clock.stand_at(noon - 10); // a correction forgets nothing
  const auto wait = count(side, "Grey", "203.0.113.7").wait;
  BOOST_TEST((wait && *wait <= sign_in_throttle::window));
  clock.stand_at(noon - 3'600'000);
  BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
