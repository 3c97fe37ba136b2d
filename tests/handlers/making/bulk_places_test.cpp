#include "handlers/making/bulk_places.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>
#include <vector>

namespace invited::handlers {
namespace {

principal named(std::string subject, std::string issuer = {}, std::optional<std::int64_t> epoch = {}) {
  principal who;
  who.subject = std::move(subject);
  who.issuer = std::move(issuer);
  who.account_epoch = epoch;
  return who;
}

BOOST_AUTO_TEST_SUITE(places_of_bulk_calls)

BOOST_AUTO_TEST_CASE(a_caller_has_one_at_a_time) {
  bulk_places places;
  auto first = places.take(named("grey"));
  BOOST_TEST((first != nullptr));
  BOOST_TEST((places.take(named("grey")) == nullptr));
  BOOST_TEST((places.take(named("grey")) == nullptr)); // a refusal frees nothing
  first.reset();
  BOOST_TEST((places.take(named("grey")) != nullptr));
}

BOOST_AUTO_TEST_CASE(callers_are_told_apart) {
  bulk_places places;
  const auto one = places.take(named("grey"));
  for (const principal& other : {named("yang"), named("grey", "hospital"), named("rey", "g"),
                                 named("grey", "", 3), named("grey", "", 4)}) {
    BOOST_TEST((places.take(other) != nullptr));
  }
  const auto epoch = places.take(named("grey", "", 3));
  BOOST_TEST((places.take(named("grey", "", 3)) == nullptr));
}

BOOST_AUTO_TEST_CASE(all_cores_share_them) {
  bulk_places places;
  std::atomic<int> inside{0}, strange{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5000; ++i) {
        const auto mine = places.take(named("grey"));
        if (!mine) continue;
        if (++inside != 1) ++strange;
        --inside;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  BOOST_TEST(strange == 0);
  BOOST_TEST((places.take(named("grey")) != nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
