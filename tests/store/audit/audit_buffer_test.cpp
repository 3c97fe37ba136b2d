#include "store/audit/audit_buffer.hpp"

#include "tests/store/audit/audit_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace invited::test {
namespace {

using store::audit_action;
using store::audit_buffer;

struct buffered {
  redis_server redis;
  store_side side{redis};
  audit_buffer one{side.connection(), "one"};
  audit_buffer two{side.connection(), "two"};
  const store::group tag = store::group_of("clinic-1");
  const store::audit_stream events = store::events_of(tag);
  const store::audit_stream creations = store::creations_of(tag, "clinic-1");
  const std::string aud{events.key};

  void add(int n = 1, std::int64_t ms = 0) {
    for (int i = 0; i < n; ++i)
      add_audit_event(redis, side.seals(), "clinic-1", audit_action::viewed, {}, nullptr, {},
                      ms == 0 ? "*" : std::to_string(ms) + "-" + std::to_string(i));
  }
  std::vector<std::string> take(audit_buffer& by, bool take_over = false) {
    return take(by, events, take_over);
  }
  std::vector<std::string> take(audit_buffer& by, const store::audit_stream& from, bool take_over = false) {
    const store::audit_stretch taken = side.run(by.take(from, take_over)).value();
    std::vector<std::string> ids;
    for (const store::redis::node entry : taken.entries()) ids.emplace_back(entry.at(0).text());
    BOOST_TEST(ids.size() == taken.size());
    return ids;
  }
  void acknowledge(audit_buffer& by, const std::vector<std::string>& ids) {
    const std::vector<std::string_view> views(ids.begin(), ids.end());
    BOOST_REQUIRE(side.run(by.acknowledge(events, views)).has_value());
  }
  store::tidied tidy(std::optional<std::chrono::milliseconds> keep = std::chrono::hours(24 * 30)) {
    return side.run(one.tidy(events, keep)).value();
  }
  std::int64_t length() { return std::stoll(redis.command({"XLEN", aud}).substr(1)); }
  /// As if a consumer had left an entry untouched for that long.
  void was_left(std::string_view consumer, const std::string& id, std::int64_t ms) {
    redis.command(
        {"XCLAIM", aud, "export", std::string(consumer), "0", id, "IDLE", std::to_string(ms), "JUSTID"});
  }
};

constexpr std::int64_t long_ago = 1'000'000'000'000; // 2001

BOOST_FIXTURE_TEST_SUITE(audit_buffering, buffered)

BOOST_AUTO_TEST_CASE(a_stream_that_is_not_there_is_empty_and_is_not_made) {
  BOOST_TEST(take(one).empty());
  BOOST_TEST(tidy().waiting == 0);
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(all_is_taken_from_the_beginning_a_bounded_number_at_a_time) {
  add(250);
  BOOST_TEST(take(one).size() == audit_buffer::most_taken);
  BOOST_TEST(take(one).size() == audit_buffer::most_taken);
  BOOST_TEST(take(one).size() == 50u);
  BOOST_TEST(take(one).empty());
  add();
  BOOST_TEST(take(one).size() == 1u);
}

BOOST_AUTO_TEST_CASE(several_share_the_work_and_each_entry_goes_to_one) {
  add(1000);
  std::multiset<std::string> all;
  for (int i = 0; i < 6; ++i)
    for (audit_buffer* by : {&one, &two})
      for (std::string& id : take(*by, i % 2 == 0)) all.insert(std::move(id));
  BOOST_TEST(all.size() == 1000u);
  BOOST_TEST(std::set<std::string>(all.begin(), all.end()).size() == 1000u);
}

BOOST_AUTO_TEST_CASE(what_one_left_another_takes_over_after_a_minute_and_not_before) {
  add(3);
  const std::vector<std::string> left = take(one);
  BOOST_TEST(take(two, true).empty());
  for (const std::string& id : left) was_left("one", id, 59'000);
  BOOST_TEST(take(two, true).empty());
  for (const std::string& id : left) was_left("one", id, 60'001);
  BOOST_TEST(take(two, false).empty());
  BOOST_TEST(take(two, true) == left, boost::test_tools::per_element());
  BOOST_TEST(take(one, true).empty()); // they belong to the other consumer now
}

BOOST_AUTO_TEST_CASE(one_takes_back_what_it_left_itself) {
  add(2);
  const std::vector<std::string> left = take(one);
  for (const std::string& id : left) was_left("one", id, 61'000);
  BOOST_TEST(take(one, true) == left, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_acknowledged_never_comes_again) {
  add(5);
  const std::vector<std::string> taken = take(one);
  acknowledge(one, taken);
  acknowledge(one, taken); // a second time changes nothing
  for (const std::string& id : taken) was_left("one", id, 61'000);
  BOOST_TEST(take(two, true).empty());
  BOOST_TEST(tidy().waiting == 0);
}

BOOST_AUTO_TEST_CASE(what_waits_is_counted_taken_or_not) {
  add(150);
  BOOST_TEST(tidy().waiting == 0); // nobody exports
  const std::vector<std::string> taken = take(one);
  BOOST_TEST(tidy().waiting == 150);
  acknowledge(one, taken);
  BOOST_TEST(tidy().waiting == 50);
}

BOOST_AUTO_TEST_CASE(without_an_exporter_time_alone_trims) {
  add(10, long_ago);
  add(5);
  BOOST_TEST(tidy(std::nullopt).trimmed == 0);
  BOOST_TEST(length() == 15);
  BOOST_TEST(tidy().trimmed == 10);
  BOOST_TEST(length() == 5);
  BOOST_TEST(tidy().trimmed == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_trimmed_that_no_exporter_has_taken) {
  add(10, long_ago);
  take(one);
  add(10, long_ago + 1);
  BOOST_TEST(tidy().trimmed == 0);
  BOOST_TEST(length() == 20);
}

BOOST_AUTO_TEST_CASE(nothing_is_trimmed_that_was_taken_but_not_acknowledged) {
  add(20, long_ago);
  const std::vector<std::string> taken = take(one);
  std::vector<std::string> written = taken;
  written.erase(written.begin() + 7);
  acknowledge(one, written);
  BOOST_TEST(tidy().trimmed == 7);
  acknowledge(one, {taken[7]});
  BOOST_TEST(tidy().trimmed == 13);
  BOOST_TEST(length() == 0);
}

BOOST_AUTO_TEST_CASE(the_slowest_of_several_groups_holds_all_back) {
  add(20, long_ago);
  redis.command({"XGROUP", "CREATE", aud, "somebody_else", std::to_string(long_ago) + "-4"});
  acknowledge(one, take(one));
  BOOST_TEST(tidy().trimmed == 5);
  BOOST_TEST(length() == 15);
}

BOOST_AUTO_TEST_CASE(trimming_is_bounded_and_goes_on) {
  add(3000, long_ago);
  const store::tidied first = tidy();
  BOOST_TEST(first.trimmed <= static_cast<std::int64_t>(audit_buffer::most_trimmed));
  BOOST_TEST(first.more);
  for (int i = 0; i < 10 && tidy().more; ++i) {
  }
  BOOST_TEST(length() == 0);
}

BOOST_AUTO_TEST_CASE(an_entry_trimmed_by_force_is_reported_as_lost) {
  add(3);
  const std::vector<std::string> left = take(one);
  for (const std::string& id : left) was_left("one", id, 61'000);
  redis.command({"XDEL", aud, left[0]});
  const store::audit_stretch taken = side.run(two.take(events, true)).value();
  BOOST_TEST(taken.trimmed() == 1);
  BOOST_TEST(taken.size() == 2u);
}

BOOST_AUTO_TEST_CASE(consumers_that_are_gone_are_forgotten_but_not_what_they_left) {
  add(2);
  acknowledge(one, {take(one)[0]});
  add();
  acknowledge(two, take(two));
  const auto consumers = [&] { return redis.command({"XINFO", "CONSUMERS", aud, "export"}).substr(0, 2); };
  BOOST_TEST(consumers() == "*2");
  tidy();
  BOOST_TEST(consumers() == "*2"); // not for an hour
  const auto tidy_now = [&] {
    return redis.command({"EVAL", std::string(store::scripts::tidy.source), "1", aud, "", "1000", "-1"});
  };
  tidy_now();
  BOOST_TEST(consumers() == "*1");
  BOOST_TEST(redis.command({"XINFO", "CONSUMERS", aud, "export"}).find("one") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(works_with_memory_full) {
  add(150, long_ago);
  const std::vector<std::string> first = take(one);
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  acknowledge(one, first);
  BOOST_TEST(take(one).size() == 50u);
  BOOST_TEST(tidy().trimmed > 0);
}

BOOST_AUTO_TEST_CASE(what_each_consumer_has_taken_outlives_redis) {
  add(5);
  const std::vector<std::string> left = take(one);
  acknowledge(one, {left[0], left[1]});
  redis.kill();
  redis.start();
  store_side again(redis);
  audit_buffer later(again.connection(), "later");
  for (std::size_t i = 2; i < left.size(); ++i) was_left("one", left[i], 61'000);
  BOOST_TEST(again.run(later.take(events, true)).value().size() == 3u);
}

BOOST_AUTO_TEST_CASE(creations_have_streams_of_their_own) {
  side.create(some_invite());
  side.create(some_invite(neighbour_of("clinic-1")));
  BOOST_TEST(take(one, creations).size() == 1u);
  BOOST_TEST(take(one, creations).empty());
  BOOST_TEST(take(one, store::creations_of(tag, neighbour_of("clinic-1"))).size() == 1u);
  BOOST_TEST(take(one).empty());
}

BOOST_AUTO_TEST_CASE(all_providers_are_found) {
  const std::string gauge(store::gauge_key(tag));
  std::set<std::string> wanted;
  for (int i = 0; i < 1000; ++i) {
    wanted.insert("clinic-" + std::to_string(i));
    redis.command({"HSET", gauge, "pending|clinic-" + std::to_string(i), "1"});
  }
  redis.command({"HSET", gauge, "something|else", "1"});
  std::set<std::string> seen;
  std::string cursor = "0";
  do {
    const store::known_providers found = side.run(one.providers(tag, cursor)).value();
    seen.insert(found.ids.begin(), found.ids.end());
    cursor = found.cursor;
  } while (cursor != "0");
  BOOST_TEST((seen == wanted));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_gives_nothing) {
  add();
  side.connection().stop();
  BOOST_TEST((side.run(one.take(events, true)).error() == store::errc::unavailable));
  BOOST_TEST((side.run(one.tidy(events, std::nullopt)).error() == store::errc::unavailable));
  BOOST_TEST((side.run(one.providers(tag, "0")).error() == store::errc::unavailable));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
