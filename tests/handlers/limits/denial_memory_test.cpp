#include "handlers/limits/denial_memory.hpp"
#include "handlers/limits/rate_fields.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(denials)

BOOST_AUTO_TEST_CASE(are_remembered_until_their_time) {
  denial_memory memory;
  const auto now = denial_memory::clock::now();
  BOOST_TEST(!memory.refused_for("clinic-1", now));
  memory.remember("clinic-1", now + 1500us, now);
  BOOST_TEST((memory.refused_for("clinic-1", now) == 2ms)); // rounded up
  BOOST_TEST(!memory.refused_for("clinic-2", now));
  BOOST_TEST(!memory.refused_for("clinic-1", now + 1500us));
  BOOST_TEST(!memory.refused_for("clinic-1", now)); // and then forgotten
  memory.remember("clinic-1", now + 1ms, now);
  memory.remember("clinic-1", now + 5ms, now);
  BOOST_TEST((memory.refused_for("clinic-1", now) == 5ms));
}

BOOST_AUTO_TEST_CASE(are_bounded) {
  denial_memory memory;
  const auto now = denial_memory::clock::now();
  for (int i = 0; i < 5000; ++i) memory.remember("clinic-" + std::to_string(i), now + 1h, now);
  BOOST_TEST(memory.refused_for("clinic-0", now).has_value());
  BOOST_TEST(!memory.refused_for("clinic-4999", now)); // no room: Redis is asked again
  memory.remember("late", now + 2h, now + 1h);         // the old ones have had their time
  BOOST_TEST(memory.refused_for("late", now + 1h).has_value());
}

BOOST_AUTO_TEST_CASE(are_told_in_whole_seconds) {
  response out;
  add_retry_after(out, 1ms);
  add_retry_after(out, 1000ms);
  add_retry_after(out, 1001ms);
  add_retry_after(out, 0ms);
  BOOST_TEST(out.fields == "Retry-After: 1\r\nRetry-After: 1\r\nRetry-After: 2\r\nRetry-After: 1\r\n");
  response rate;
  add_rate_fields(rate, {0.5, 3}, {3, 2, 1500ms});
  BOOST_TEST(rate.fields == "RateLimit-Policy: \"create\";q=3;w=6\r\nRateLimit: \"create\";r=2;t=2\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
