#include "handlers/limits/address_limiter.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>
#include <vector>

namespace invited::handlers {
namespace {

using boost::asio::ip::make_address;
using namespace std::chrono_literals;

struct limited {
  store::system_entropy random;
  address_limiter limiter{2, 3, random};
  address_limiter::clock::time_point now = address_limiter::clock::now();
};

BOOST_FIXTURE_TEST_SUITE(address_limits, limited)

BOOST_AUTO_TEST_CASE(gives_a_burst_then_its_rate) {
  const auto who = make_address("198.51.100.1");
  for (int i = 0; i < 3; ++i) BOOST_TEST(!limiter.admit(who, now));
  const auto wait = limiter.admit(who, now);
  BOOST_REQUIRE(wait);
  BOOST_TEST((*wait == 500ms));
  BOOST_TEST(limiter.admit(who, now + 499ms).has_value());
  BOOST_TEST(!limiter.admit(who, now + 500ms));
  BOOST_TEST(limiter.admit(who, now + 500ms).has_value());
  for (int i = 0; i < 3; ++i) BOOST_TEST(!limiter.admit(who, now + 1h));
  BOOST_TEST(limiter.admit(who, now + 1h).has_value()); // an hour saves up no more than one burst
}

BOOST_AUTO_TEST_CASE(peeking_takes_nothing) {
  const auto who = make_address("198.51.100.1");
  for (int i = 0; i < 10; ++i) BOOST_TEST(!limiter.peek(who, now));
  for (int i = 0; i < 3; ++i) limiter.admit(who, now);
  BOOST_TEST(limiter.peek(who, now).has_value());
}

BOOST_AUTO_TEST_CASE(what_counts_as_one_address) {
  const auto exhaust = [this](const char* who) {
    while (!limiter.admit(make_address(who), now)) {
    }
  };
  exhaust("2001:db8:1:2::1");
  BOOST_TEST(limiter.peek(make_address("2001:db8:1:2:ffff::9"), now).has_value()); // the same /64
  BOOST_TEST(!limiter.peek(make_address("2001:db8:1:3::1"), now));
  exhaust("192.0.2.1");
  BOOST_TEST(limiter.peek(make_address("::ffff:192.0.2.1"), now).has_value());
  BOOST_TEST(!limiter.peek(make_address("192.0.2.2"), now));
}

BOOST_AUTO_TEST_CASE(counts_right_from_many_threads) {
  address_limiter wide(0.001, 1000, random);
  const auto who = make_address("198.51.100.1");
  std::atomic<int> admitted{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) admitted += !wide.admit(who, now);
    });
  }
  for (std::thread& t : threads) t.join();
  BOOST_TEST(admitted == 1000);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
