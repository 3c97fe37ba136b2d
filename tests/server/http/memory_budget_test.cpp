#include "server/http/memory_budget.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <thread>
#include <vector>

namespace invited::server {
namespace {

BOOST_AUTO_TEST_SUITE(memory_budgets)

BOOST_AUTO_TEST_CASE(gives_no_more_than_it_has) {
  memory_budget budget{100};
  memory_share a{budget}, b{budget};
  BOOST_TEST(a.grow_to(60));
  BOOST_TEST(!b.grow_to(41));
  BOOST_TEST(b.grow_to(40));
  BOOST_TEST(!a.grow_to(61));
  BOOST_TEST(a.grow_to(60));
  BOOST_TEST(a.grow_to(1)); // it has more than this already
  BOOST_TEST(budget.used() == 100u);
  b.clear();
  b.clear();
  BOOST_TEST(budget.used() == 60u);
  BOOST_TEST(!b.grow_to(std::numeric_limits<std::size_t>::max()));
  BOOST_TEST(budget.used() == 60u);
}

BOOST_AUTO_TEST_CASE(an_overdraft_keeps_others_out_until_it_is_returned) {
  memory_budget budget{100};
  memory_share other{budget};
  {
    memory_share answer{budget};
    answer.overdraw_to(250);
    answer.overdraw_to(200);
    BOOST_TEST(budget.used() == 250u);
    BOOST_TEST(!other.grow_to(1));
  }
  BOOST_TEST(budget.used() == 0u);
  BOOST_TEST(other.grow_to(100));
}

BOOST_AUTO_TEST_CASE(is_exact_whoever_takes_at_the_same_time) {
  memory_budget budget{1000};
  std::vector<std::thread> threads;
  std::atomic<bool> too_much{false};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5000; ++i) {
        memory_share mine{budget};
        if (mine.grow_to(400) && budget.used() > budget.max()) too_much = true;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  BOOST_TEST(!too_much);
  BOOST_TEST(budget.used() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server
