#include "store/keys/keys.hpp"
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

  sign_in_attempt counted_as(staff_side& by, sign_in_attempt a) {
    BOOST_REQUIRE(by.run(by.throttle.count(a)).has_value());
    return a;
  }
  sign_in_attempt count(staff_side& by, std::string_view user, std::string_view address) {
    return counted_as(by, by.throttle.from_address(by.accounts.name_of(user), address));
  }
  sign_in_attempt count_device(staff_side& by, std::string_view user, std::uint8_t device) {
    const store::handle id{device};
    return counted_as(by, by.throttle.from_device(by.accounts.name_of(user), id));
  }
  bool counted(staff_side& by, std::string_view user, std::string_view address) {
    return !count(by, user, address).wait.has_value();
  }
  long long changes() {
    const std::string info = redis.command({"INFO", "persistence"}), name = "rdb_changes_since_last_save:";
    return std::stoll(info.substr(info.find(name) + name.size()));
  }
};

std::string nth_address(int i) {
  return "203.0." + std::to_string(i / 250) + '.' + std::to_string(i % 250);
}

BOOST_FIXTURE_TEST_SUITE(staff_sign_in_throttle, throttled)

BOOST_AUTO_TEST_CASE(after_five_an_account_from_an_address_waits_on_every_server) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(counted(i % 2 == 0 ? side : other, "Grey", "203.0.113.7"));
  for (staff_side* s : {&side, &other}) {
    const sign_in_attempt refused = count(*s, "gREY", "203.0.113.7");
    BOOST_TEST((refused.wait == std::chrono::milliseconds(60'000)));
    BOOST_TEST(refused.at == 0);
  }
}

BOOST_AUTO_TEST_CASE(neither_the_account_nor_the_address_alone_waits) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  const sign_in_attempt elsewhere = count(other, "Grey", "203.0.113.8"),
                        another = count(other, "Yang", "203.0.113.7");
  for (const sign_in_attempt& a : {elsewhere, another}) BOOST_TEST((!a.wait && !a.crowded && a.at == noon));
}

BOOST_AUTO_TEST_CASE(an_address_with_many_wrong_ones_is_crowded_and_refused_nothing) {
  for (int i = 0; i < 60; ++i) BOOST_TEST(!count(side, "user-" + std::to_string(i), "203.0.113.7").crowded);
  for (int i = 60; i < 70; ++i) {
    const sign_in_attempt a = count(other, "user-" + std::to_string(i), "203.0.113.7");
    BOOST_TEST((a.crowded && !a.wait && !a.in_address));
  }
  BOOST_TEST(!count(side, "user-1", "203.0.113.8").crowded);
  clock.stand_at(noon + 60'000);
  BOOST_TEST(!count(side, "user-99", "203.0.113.7").crowded);
}

BOOST_AUTO_TEST_CASE(an_account_with_many_wrong_ones_in_an_hour_is_crowded_and_refused_nothing) {
  for (int i = 0; i < 100; ++i) {
    clock.stand_at(noon + i * 1000);
    BOOST_TEST(!count(side, "Grey", nth_address(i)).crowded);
  }
  const sign_in_attempt a = count(other, "Grey", "198.51.100.1");
  BOOST_TEST((a.crowded && !a.wait && a.account_at == 0));
  BOOST_TEST(!count(side, "Yang", "198.51.100.1").crowded);
  clock.stand_at(noon + 3'599'999);
  BOOST_TEST(count(side, "Grey", "198.51.100.2").crowded);
  clock.stand_at(noon + 3'600'000);
  BOOST_TEST(!count(side, "Grey", "198.51.100.3").crowded); // the first has left the window
  BOOST_TEST(count(side, "Grey", "198.51.100.4").crowded);
}

BOOST_AUTO_TEST_CASE(a_device_counts_for_itself_alone) {
  for (int i = 0; i < 200; ++i) static_cast<void>(count(side, "Grey", nth_address(i)));
  for (int i = 0; i < 5; ++i) {
    const sign_in_attempt a = count_device(i % 2 == 0 ? side : other, "Grey", 1);
    BOOST_TEST((!a.wait && !a.crowded && a.account_at == 0 && a.at == noon));
  }
  BOOST_TEST((count_device(side, "Grey", 1).wait == std::chrono::milliseconds(60'000)));
  BOOST_TEST(!count_device(side, "Grey", 2).wait.has_value());
  BOOST_TEST(!count_device(side, "Yang", 1).wait.has_value()); // the same browser, another account
  BOOST_TEST(counted(side, "Grey", "198.51.100.1"));
}

BOOST_AUTO_TEST_CASE(an_attempt_that_must_wait_writes_nothing_to_redis) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  const long long before = changes();
  for (int i = 0; i < 120; ++i) BOOST_TEST(!counted(other, "Grey", "203.0.113.7"));
  BOOST_TEST(changes() == before);
  BOOST_TEST(!count(side, "Grey", "203.0.114.1").crowded); // nor is the account
}

BOOST_AUTO_TEST_CASE(each_counts_for_a_minute) {
  for (int i = 0; i < 5; ++i) {
    clock.stand_at(noon + i * 10'000);
    BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  }
  clock.stand_at(noon + 59'999);
  BOOST_TEST((count(side, "Grey", "203.0.113.7").wait == std::chrono::milliseconds(1)));
  clock.stand_at(noon + 60'000);
  BOOST_TEST(counted(side, "Grey", "203.0.113.7")); // the first has left the window
  BOOST_TEST((count(side, "Grey", "203.0.113.7").wait == std::chrono::milliseconds(10'000)));
  clock.stand_at(noon + 3'700'000);
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
  side.run(side.throttle.forgive(right)); // a second time, when there is nothing left to forgive
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(what_is_given_back_makes_room_everywhere) {
  const auto right = [this](int i) {
    const sign_in_attempt a = count(side, i % 2 == 0 ? "Grey" : "Yang", "203.0.113.7");
    BOOST_TEST((!a.wait && !a.crowded));
    side.run(side.throttle.forgive(a));
  };
  for (int i = 0; i < 250; ++i) right(i);
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
  for (int i = 0; i < 100; ++i) static_cast<void>(count(side, "Grey", nth_address(i)));
  const sign_in_attempt crowded = count(side, "Grey", "198.51.100.1");
  BOOST_TEST(crowded.crowded);
  side.run(side.throttle.forgive(crowded)); // an attempt that was not counted is not taken from the others
  BOOST_TEST(count(side, "Grey", "198.51.100.2").crowded);
}

BOOST_AUTO_TEST_CASE(many_at_a_time_are_no_more_than_five) {
  background spawned;
  int through = 0, refused = 0;
  const store::handle name = side.accounts.name_of("Grey");
  const auto guess = [&](staff_side& by) -> task<void> {
    sign_in_attempt a = by.throttle.from_address(name, "203.0.113.7");
    const store::result<void> counted = co_await by.throttle.count(a);
    BOOST_TEST(counted.has_value());
    ++(a.wait ? refused : through);
  };
  for (int i = 0; i < 40; ++i) spawned.spawn(guess(i % 2 == 0 ? side : other));
  BOOST_REQUIRE(wait_until([&] {
    side.poll();
    other.poll();
    return through + refused == 40;
  }));
  BOOST_TEST(through == 5);
}

BOOST_AUTO_TEST_CASE(a_full_redis_counts_nothing_and_says_so) {
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  sign_in_attempt a = side.throttle.from_address(side.accounts.name_of("Grey"), "203.0.113.7");
  BOOST_TEST((side.run(side.throttle.count(a)).error() == store::errc::refused));
  BOOST_TEST(a.at == 0);
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_locks_nobody_out) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
  clock.stand_at(noon - 10); // a corrected clock forgets nothing
  const auto wait = count(side, "Grey", "203.0.113.7").wait;
  BOOST_TEST((wait && *wait <= sign_in_throttle::window));
  clock.stand_at(noon - 3'600'000);
  BOOST_TEST(counted(side, "Grey", "203.0.113.7"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
