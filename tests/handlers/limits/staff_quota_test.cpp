#include "handlers/limits/staff_quota.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <thread>
#include <vector>

namespace invited::handlers {
namespace {

using namespace std::chrono_literals;

struct one_quota {
  store::system_entropy random;
  staff_quota quota{2, 10, random};
  staff_quota::clock::time_point now = staff_quota::clock::now();
  std::uint64_t caller = quota.of_token(0, "dr.grey"), provider = quota.of_provider("clinic-1");

  std::optional<staff_quota::refusal> take(std::uint32_t own, std::uint32_t of_provider) {
    const std::array<staff_quota::share, 2> shares{{{caller, own}, {provider, of_provider}}};
    return quota.take(shares, now);
  }
};

BOOST_FIXTURE_TEST_SUITE(staff_quotas, one_quota)

BOOST_AUTO_TEST_CASE(give_a_burst_then_their_rate) {
  BOOST_TEST(!take(10, 0));
  const auto refused = take(1, 0);
  BOOST_REQUIRE(refused);
  BOOST_TEST((refused->wait == 500ms));
  BOOST_TEST(refused->left.left == 0);
  BOOST_TEST((refused->left.full_in == 5s));
  now += 1s;
  BOOST_TEST(!take(2, 0));
  BOOST_TEST(take(1, 0).has_value());
  now += 1h;
  BOOST_TEST(!take(10, 0));
  BOOST_TEST(take(1, 0).has_value()); // an hour saves up no more than one burst
}

BOOST_AUTO_TEST_CASE(charge_all_shares_or_none) {
  BOOST_TEST(!take(1, 9));
  BOOST_TEST(take(1, 2).has_value()); // the provider has one left
  BOOST_TEST(!take(9, 1));            // the caller pays nothing for it
  BOOST_TEST(quota.peek(caller, now).has_value());
  BOOST_TEST(quota.peek(provider, now).has_value());
}

BOOST_AUTO_TEST_CASE(take_back_what_was_not_used) {
  BOOST_TEST(!take(10, 10));
  const std::array<staff_quota::share, 2> unused{{{caller, 7}, {provider, 7}}};
  quota.give_back(unused);
  BOOST_TEST(!take(7, 7));
  BOOST_TEST(take(1, 0).has_value());
}

BOOST_AUTO_TEST_CASE(take_no_more_than_a_burst_for_one_call) {
  BOOST_TEST(!take(1000, 1000));
  BOOST_TEST(take(1, 0).has_value());
  now += 5s;
  BOOST_TEST(!take(10, 10));
}

BOOST_AUTO_TEST_CASE(know_callers_by_key_and_subject_and_never_take_one_for_another) {
  const store::handle h{1, 2, 3};
  const std::uint64_t names[] = {quota.of_token(0, "dr.grey"), quota.of_token(1, "dr.grey"),
                                 quota.of_token(0, "dr.grex"), quota.of_token(0, ""),
                                 quota.of_account(h),          quota.of_provider("dr.grey"),
                                 quota.of_provider("")};
  for (const std::uint64_t& a : names)
    for (const std::uint64_t& b : names) BOOST_TEST((&a == &b || a != b));
  BOOST_TEST(quota.of_token(0, "dr.grey") == caller);
  staff_quota another(2, 10, random);
  BOOST_TEST(another.of_token(0, "dr.grey") != caller); // nobody can compute it
}

BOOST_AUTO_TEST_CASE(are_exact_among_threads) {
  staff_quota many(0.001, 10'000, random);
  const staff_quota::share one{many.of_provider("clinic-1"), 1};
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i)
        if (!many.take({&one, 1}, now)) ++taken;
    });
  for (std::thread& t : threads) t.join();
  BOOST_TEST(taken == 10'000);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
