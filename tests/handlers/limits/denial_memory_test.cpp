#include "handlers/limits/denial_memory.hpp"
#include "handlers/limits/rate_fields.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using namespace std::chrono_literals;

constexpr store::rate usual{50, 1000};

BOOST_AUTO_TEST_SUITE(denials)

BOOST_AUTO_TEST_CASE(are_remembered_until_their_time) {
  denial_memory memory;
  const auto now = denial_memory::clock::now();
  BOOST_TEST(!memory.refused_for("clinic-1", usual, now));
  memory.remember("clinic-1", usual, now + 1500us, now);
  BOOST_TEST((memory.refused_for("clinic-1", usual, now) == 2ms)); // rounded up
  BOOST_TEST(!memory.refused_for("clinic-2", usual, now));
  BOOST_TEST(!memory.refused_for("clinic-1", usual, now + 1500us));
  BOOST_TEST(!memory.refused_for("clinic-1", usual, now)); // then forgotten
  memory.remember("clinic-1", usual, now + 1ms, now);
  memory.remember("clinic-1", usual, now + 5ms, now);
  BOOST_TEST((memory.refused_for("clinic-1", usual, now) == 5ms));
}

BOOST_AUTO_TEST_CASE(end_when_the_limit_is_another) {
  const auto now = denial_memory::clock::now();
  for (const store::rate changed : {store::rate{51, 1000}, store::rate{50, 1001}}) {
    denial_memory memory;
    memory.remember("clinic-1", usual, now + 1h, now);
    BOOST_TEST((memory.refused_for("clinic-1", usual, now) == 1h));
    BOOST_TEST(!memory.refused_for("clinic-1", changed, now));
    BOOST_TEST(!memory.refused_for("clinic-1", usual, now)); // forgotten for good, so the bucket is asked
  }
}

BOOST_AUTO_TEST_CASE(are_bounded) {
  denial_memory memory;
  const auto now = denial_memory::clock::now();
  for (int i = 0; i < 5000; ++i) memory.remember("clinic-" + std::to_string(i), usual, now + 1h, now);
  BOOST_TEST(memory.refused_for("clinic-0", usual, now).has_value());
  BOOST_TEST(!memory.refused_for("clinic-4999", usual, now)); // there is no room, so Redis is asked again
  memory.remember("late", usual, now + 2h, now + 1h);         // the old ones have expired
  BOOST_TEST(memory.refused_for("late", usual, now + 1h).has_value());
}

BOOST_AUTO_TEST_CASE(are_given_in_whole_seconds) {
  response out;
  add_retry_after(out, 1ms);
  add_retry_after(out, 1000ms);
  add_retry_after(out, 1001ms);
  add_retry_after(out, 0ms);
  BOOST_TEST(out.fields == "Retry-After: 1\r\nRetry-After: 1\r\nRetry-After: 2\r\nRetry-After: 1\r\n");
  response rate;
  add_rate_fields(rate, "create", {0.5, 3}, {3, 2, 1500ms});
  BOOST_TEST(rate.fields == "RateLimit-Policy: \"create\";q=3;w=6\r\nRateLimit: \"create\";r=2;t=2\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
