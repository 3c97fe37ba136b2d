#pragma once

#include "tests/store/redis/client.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::test {

/// How a number of INCR calls ended, and which values of the counter that allows.
struct incr_outcomes {
  long answered = 0, unanswered = 0, unavailable = 0;

  void count(const outcome& o) {
    BOOST_TEST_REQUIRE(o.completed == 1);
    if (o.ok())
      ++answered;
    else if (is(o, store::errc::unanswered))
      ++unanswered;
    else if (is(o, store::errc::unavailable))
      ++unavailable;
    else
      BOOST_ERROR("another error: " + o.error.message());
  }

  /// Every answered call happened, none happened twice, and none that was unavailable happened.
  void check(long counter) const {
    BOOST_TEST(counter >= answered);
    BOOST_TEST(counter <= answered + unanswered);
  }
};

/// The counter's value, read once the connection is ready again.
inline long counter(client& c) {
  BOOST_TEST_REQUIRE(c.wait_ready());
  const outcome o = c.ask({"GET", "n"});
  BOOST_TEST_REQUIRE(o.ok());
  return o.shown == "nil" ? 0 : std::stol(o.shown.substr(1));
}

} // namespace invited::test
