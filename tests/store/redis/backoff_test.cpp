#include "store/redis/backoff.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

using namespace invited::store::redis;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(store_redis_backoff)

BOOST_AUTO_TEST_CASE(every_pause_is_below_its_ceiling_and_the_ceiling_grows_to_the_limit) {
  std::array<std::chrono::milliseconds, 9> longest{};
  for (std::uint32_t seed = 1; seed < 2000; ++seed) {
    backoff b(50ms, 2000ms, seed * 2'654'435'761u);
    std::chrono::milliseconds ceiling = 50ms;
    for (auto& most : longest) {
      const auto pause = b.next();
      BOOST_TEST_REQUIRE((pause >= 0ms && pause <= ceiling));
      most = std::max(most, pause);
      ceiling = std::min(ceiling * 2, std::chrono::milliseconds(2000));
    }
  }
  std::chrono::milliseconds ceiling = 50ms;
  for (const auto most : longest) { // the whole range is used
    BOOST_TEST(most.count() > ceiling.count() * 9 / 10);
    ceiling = std::min(ceiling * 2, std::chrono::milliseconds(2000));
  }
}

BOOST_AUTO_TEST_CASE(never_overflows_and_starts_again_after_reset) {
  backoff b(50ms, 2000ms, 7);
  for (int i = 0; i < 10'000; ++i) BOOST_TEST_REQUIRE((b.next() <= 2000ms));
  b.reset();
  BOOST_TEST((b.next() <= 50ms));
}

BOOST_AUTO_TEST_CASE(seeds_part_ways) {
  std::set<std::int64_t> pauses;
  for (std::uint32_t seed = 0; seed < 100; ++seed) pauses.insert(backoff(1h, 1h, seed * 7919).next().count());
  BOOST_TEST(pauses.size() > 90u);
}

BOOST_AUTO_TEST_CASE(no_pause_at_all_is_possible) {
  BOOST_TEST((backoff(0ms, 0ms, 1).next() == 0ms));
}

BOOST_AUTO_TEST_SUITE_END()
