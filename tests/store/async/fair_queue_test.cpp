#include "store/async/fair_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::test {
namespace {

using namespace std::chrono_literals;

constexpr queue_place in_rank(queue_rank r, std::uint64_t lane = 1) {
  return {r, lane};
}

/// A queue of letters, with a clock that tests move by hand.
struct letters {
  fair_queue<char> queue{{.in_lane = 4, .in_all = 8, .longest = 30s}};
  std::chrono::steady_clock::time_point now{1h};
  std::string displaced, late;

  bool put(char c, std::uint64_t lane, queue_rank r = queue_rank::usual) {
    std::optional<char> other;
    const bool has_place = queue.put({r, lane}, c, now, other);
    if (other) displaced += *other;
    return has_place;
  }
  void put_all(std::string_view all, std::uint64_t lane, queue_rank r = queue_rank::usual) {
    for (const char c : all) BOOST_TEST(put(c, lane, r));
  }

  /// Takes all that are ready, or `most`.
  std::string take(std::size_t most = 1000) {
    std::string out;
    std::vector<char> too_late;
    while (out.size() < most) {
      const std::optional<char> next = queue.take(now, too_late);
      if (!next) break;
      out += *next;
    }
    late.append(too_late.begin(), too_late.end());
    return out;
  }
};

BOOST_FIXTURE_TEST_SUITE(async_fair_queue, letters)

BOOST_AUTO_TEST_CASE(a_lane_is_first_come_first_served) {
  BOOST_TEST(take().empty());
  put_all("abc", 7);
  BOOST_TEST(!queue.empty());
  BOOST_TEST(take() == "abc");
  BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(lanes_take_turns) {
  put_all("aaaa", 1);
  put_all("b", 2);
  put_all("cc", 3);
  BOOST_TEST(take() == "abcacaa");
}

BOOST_AUTO_TEST_CASE(whoever_comes_again_at_once_waits_behind_the_others) {
  put_all("ab", 1);
  put_all("c", 2);
  BOOST_TEST(take(1) == "a");
  put_all("d", 1);
  put_all("e", 3);
  BOOST_TEST(take() == "cbed");
}

BOOST_AUTO_TEST_CASE(a_full_lane_is_full_for_itself_alone) {
  put_all("aaaa", 1);
  BOOST_TEST(queue.is_full(in_rank(queue_rank::usual)));
  BOOST_TEST(!queue.is_full(in_rank(queue_rank::usual, 2)));
  BOOST_TEST(!queue.is_full(in_rank(queue_rank::last)));
  BOOST_TEST(!put('x', 1));
  BOOST_TEST(put('b', 2));
  BOOST_TEST(displaced.empty());
  BOOST_TEST(take(2) == "ab");
}

BOOST_AUTO_TEST_CASE(a_flood_from_one_lane_costs_another_one_turn) {
  for (int i = 0; i < 1000; ++i) static_cast<void>(put('x', 1));
  put_all("a", 2);
  BOOST_TEST(take(2) == "xa");
}

BOOST_AUTO_TEST_CASE(when_all_is_full_the_longest_lane_gives_way) {
  put_all("abcd", 1);
  put_all("efg", 2);
  put_all("h", 3);
  BOOST_TEST(put('i', 4)); // takes the place of the newest in the longest lane
  BOOST_TEST(displaced == "d");
  BOOST_TEST(put('j', 3)); // of two lanes as long, the one that waits longer gives way
  BOOST_TEST(displaced == "dc");
  BOOST_TEST(!put('x', 2)); // its own lane is the longest
  BOOST_TEST(displaced == "dc");
  BOOST_TEST(take() == "aehibfjg");
}

BOOST_AUTO_TEST_CASE(with_one_in_each_lane_the_oldest_gives_way) {
  for (std::uint64_t lane = 1; lane <= 8; ++lane)
    put_all(std::string(1, static_cast<char>('a' + lane - 1)), lane);
  for (std::uint64_t lane = 11; lane <= 13; ++lane) BOOST_TEST(put('x', lane));
  BOOST_TEST(displaced == "abc");
  BOOST_TEST(!put('y', 8)); // its lane has one already
  BOOST_TEST(take() == "defghxxx");
}

BOOST_AUTO_TEST_CASE(many_lanes_never_keep_a_new_one_out) {
  for (std::uint64_t lane = 0; lane < 5000; ++lane) {
    BOOST_TEST_REQUIRE(put('x', lane));
    BOOST_TEST_REQUIRE(put('a', 1'000'000 + lane));
  }
  BOOST_TEST(take().size() == 8U); // only as many wait as are allowed
}

BOOST_AUTO_TEST_CASE(whoever_has_waited_too_long_is_refused_at_its_turn) {
  put_all("ab", 1);
  now += 20s;
  put_all("c", 2);
  now += 11s;
  put_all("d", 1);
  BOOST_TEST(take() == "cd");
  BOOST_TEST(late == "ab");
  put_all("e", 1);
  now += 30s; // not a moment earlier
  BOOST_TEST(take() == "e");
  put_all("f", 1);
  now += 31s;
  BOOST_TEST(take().empty());
  BOOST_TEST(late == "abf");
}

BOOST_AUTO_TEST_CASE(higher_ranks_go_first_and_keep_nobody_out_for_ever) {
  put_all("zz", 1, queue_rank::last);
  put_all("uuuu", 1);
  put_all("ffff", 1, queue_rank::first);
  put_all("ffff", 2, queue_rank::first);
  BOOST_TEST(take() == "fffzuffzfuffuu");
}

BOOST_AUTO_TEST_CASE(each_rank_has_its_turn_where_all_always_wait) {
  std::string served;
  for (int i = 0; i < 40; ++i) { // all three always wait
    for (const auto& [c, r] : {std::pair('f', queue_rank::first), std::pair('u', queue_rank::usual),
                               std::pair('l', queue_rank::last)})
      static_cast<void>(put(c, 1, r));
    served += take(1);
  }
  for (const char c : {'f', 'u', 'l'}) {
    std::size_t longest = 0, passed = 0;
    for (const char s : served) {
      passed = s == c ? 0 : passed + 1;
      longest = std::max(longest, passed);
    }
    BOOST_TEST(longest <= 5U, c); // three of higher ranks, and what became due of the lowest in the meantime
  }
  BOOST_TEST(std::ranges::count(served, 'f') >= 18);
  BOOST_TEST(served.front() == 'f');
}

BOOST_AUTO_TEST_CASE(no_rank_takes_anothers_place) {
  for (std::uint64_t lane = 0; lane < 100; ++lane) static_cast<void>(put('x', lane));
  displaced.clear();
  put_all("a", 1, queue_rank::first);
  put_all("z", 1, queue_rank::last);
  BOOST_TEST(displaced.empty());
  for (std::uint64_t lane = 0; lane < 100; ++lane) static_cast<void>(put('x', lane));
  BOOST_TEST(take(5) == "axxzx");
}

BOOST_AUTO_TEST_CASE(what_is_erased_leaves_no_trace) {
  put_all("axax", 1);
  put_all("xx", 2);
  put_all("x", 1, queue_rank::first);
  queue.erase_if([](char c) { return c == 'x'; });
  BOOST_TEST(!queue.is_full(in_rank(queue_rank::usual)));
  put_all("bcde", 2);
  BOOST_TEST(take() == "abacde");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
