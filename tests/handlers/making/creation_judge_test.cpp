#include "handlers/making/creation_judge.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using namespace std::chrono_literals;
using kind = store::create_outcome::kind;

struct fixture {
  creation_judge judge;
  store::rate limit{.per_second = 2, .burst = 10};

  creation_result limited(std::string_view provider, std::chrono::milliseconds wait) {
    store::create_outcome outcome{};
    outcome.what = kind::limited;
    outcome.retry_after = wait;
    return judge.judge(outcome, provider, limit);
  }
};

BOOST_FIXTURE_TEST_SUITE(making_judge, fixture)

BOOST_AUTO_TEST_CASE(a_provider_is_denied_only_after_redis_has_said_so) {
  BOOST_TEST(!judge.denied("clinic-1", limit).has_value());
  const creation_result first = limited("clinic-1", 1h);
  BOOST_TEST(!first.invite.has_value());
  BOOST_TEST(first.refused.status == 429U);
  BOOST_TEST(first.refused.code == "rate_limited");
  BOOST_TEST((first.retry_after == 1h));
  BOOST_TEST_REQUIRE(first.tokens.has_value());
  BOOST_TEST((first.tokens->full_in == 1h)); // RateLimit says what Retry-After does

  const auto again = judge.denied("clinic-1", limit);
  BOOST_TEST_REQUIRE(again.has_value());
  BOOST_TEST(again->refused.status == 429U);
  BOOST_TEST((again->retry_after <= 1h && again->retry_after > 59min));
  BOOST_TEST(!judge.denied("clinic-2", limit).has_value());
  BOOST_TEST(judge.refusals() == 1U);
}

BOOST_AUTO_TEST_CASE(another_limit_is_another_question) {
  limited("clinic-1", 1h);
  const store::rate raised{.per_second = 2, .burst = 11};
  BOOST_TEST(!judge.denied("clinic-1", raised).has_value());
  BOOST_TEST(!judge.denied("clinic-1", limit).has_value()); // forgotten
}

BOOST_AUTO_TEST_CASE(a_key_with_another_body_is_refused_and_not_remembered) {
  store::create_outcome outcome{};
  outcome.what = kind::key_reused;
  const creation_result m = judge.judge(outcome, "clinic-1", limit);
  BOOST_TEST(!m.invite.has_value());
  BOOST_TEST(m.refused.status == 422U);
  BOOST_TEST(m.refused.code == "idempotency_key_reused");
  BOOST_TEST(!judge.denied("clinic-1", limit).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
