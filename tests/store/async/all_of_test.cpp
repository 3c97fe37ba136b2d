#include "store/async/all_of.hpp"

#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <vector>

namespace invited::test {
namespace {

task<int> at_once(int value) {
  co_return value;
}

task<int> after(turnstile& gate, int value) {
  co_await gate.pass();
  co_return value;
}

task<int> throwing(turnstile& gate) {
  co_await gate.pass();
  throw std::runtime_error("of this one");
}

task<void> wait_for(std::vector<task<int>>& tasks, bool& ended) {
  all_of<int> all(tasks);
  co_await all;
  ended = true;
}

BOOST_AUTO_TEST_SUITE(all_of_tasks)

BOOST_AUTO_TEST_CASE(none_and_those_that_do_not_wait_end_at_once) {
  std::vector<task<int>> tasks;
  bool ended = false;
  result_of(wait_for(tasks, ended));
  BOOST_TEST(ended);
  for (int i = 0; i < 3; ++i) tasks.push_back(at_once(i));
  result_of(wait_for(tasks, ended = false));
  BOOST_TEST(ended);
  for (int i = 0; i < 3; ++i) BOOST_TEST(tasks[static_cast<std::size_t>(i)].take() == i);
}

BOOST_AUTO_TEST_CASE(all_run_at_a_time_and_the_last_one_ends_it) {
  turnstile first, second;
  std::vector<task<int>> tasks;
  tasks.push_back(after(first, 1));
  tasks.push_back(at_once(2));
  tasks.push_back(after(second, 3));
  tasks.push_back(after(first, 4));
  bool ended = false;
  background waiting;
  waiting.spawn(wait_for(tasks, ended));
  BOOST_TEST(first.waiting() == 2u);
  BOOST_TEST(second.waiting() == 1u);
  second.open();
  BOOST_TEST(!ended);
  first.open();
  BOOST_TEST(ended);
  BOOST_TEST(tasks[2].take() == 3);
  BOOST_TEST(tasks[3].take() == 4);
}

BOOST_AUTO_TEST_CASE(what_one_throws_does_not_keep_the_others_from_ending) {
  turnstile gate;
  std::vector<task<int>> tasks;
  tasks.push_back(throwing(gate));
  tasks.push_back(after(gate, 1));
  bool ended = false;
  background waiting;
  waiting.spawn(wait_for(tasks, ended));
  gate.open();
  BOOST_TEST(ended);
  BOOST_CHECK_THROW(tasks[0].take(), std::runtime_error);
  BOOST_TEST(tasks[1].take() == 1);
}

BOOST_AUTO_TEST_CASE(given_up_while_it_waits_it_leaves_nothing) {
  turnstile gate;
  bool ended = false;
  std::vector<task<int>> tasks;
  {
    background waiting;
    tasks.push_back(after(gate, 1));
    waiting.spawn(wait_for(tasks, ended));
  }
  tasks.clear(); // ASan would report a frame that is left
  BOOST_TEST(!ended);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
