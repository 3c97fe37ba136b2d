#include "store/redis/memory.hpp"

#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

using store::redis::memory_use;
using store::redis::read_memory_use;

BOOST_AUTO_TEST_SUITE(redis_memory)

BOOST_AUTO_TEST_CASE(is_read_from_an_info_text) {
  const auto use =
      read_memory_use("# Memory\r\nused_memory:1200\r\nused_memory_human:1.2K\r\nmaxmemory:1000\r\n"
                      "maxmemory_policy:noeviction\r\nmem_not_counted_for_evict:150\r\n");
  BOOST_REQUIRE(use);
  BOOST_TEST(use->used == 1050);
  BOOST_TEST(use->limit == 1000);
  BOOST_TEST(use->is_out());
}

BOOST_AUTO_TEST_CASE(without_a_limit_it_never_runs_out) {
  const auto use = read_memory_use("used_memory:18446744073709551615\nmaxmemory:0\n");
  BOOST_REQUIRE(use);
  BOOST_TEST(!use->is_out());
}

BOOST_AUTO_TEST_CASE(any_other_text_is_nothing) {
  for (const std::string_view text :
       {"", "\n\n", ":", "used_memory:1", "maxmemory:1", "used_memory:x\nmaxmemory:1\n",
        "used_memory:\nmaxmemory:1", "used_memory:99999999999999999999\nmaxmemory:1",
        "used_memory:-1\nmaxmemory:1", "used_memory:1 \nmaxmemory:1"})
    BOOST_TEST(!read_memory_use(text), text);
  const auto odd = read_memory_use("used_memory:5\nmaxmemory:9\nmem_not_counted_for_evict:7\n");
  BOOST_REQUIRE(odd);
  BOOST_TEST(odd->used == 0);
}

BOOST_AUTO_TEST_CASE(a_real_redis_reports_it) {
  redis_server redis;
  store_side side(redis);
  const auto ask = [&side] { return side.run(store::redis::ask_memory_use(side.connection())).value(); };
  BOOST_TEST(!ask().is_out());
  BOOST_TEST(ask().used > 100'000);
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  BOOST_TEST(ask().is_out());
  BOOST_TEST(ask().limit == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
