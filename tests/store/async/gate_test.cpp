#include "store/async/gate.hpp"

#include "tests/support/tasks.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>

namespace invited::test {
namespace {

using namespace std::chrono_literals;

/// Goes in, waits inside until it may go on, and leaves.
task<void> stay(gate& into, turnstile& until, std::string& told, char name) {
  gate::entry place(into);
  const bool inside = co_await place;
  told += inside ? name : '-';
  if (inside) co_await until.pass();
}

struct fixture {
  gate& open_gate(std::size_t places, std::size_t most_waiting, gate::clock::duration longest_wait) {
    return made.emplace(places, most_waiting, longest_wait);
  }

  std::optional<gate> made;
  std::string told; ///< who got in, in order; a dash is a refusal
  background callers;

  void come(gate& into, turnstile& until, char name) { callers.spawn(stay(into, until, told, name)); }
};

BOOST_AUTO_TEST_SUITE(gates)

BOOST_FIXTURE_TEST_CASE(only_so_many_are_inside_and_the_others_come_in_turn, fixture) {
  turnstile first, second, open;
  open.open();
  gate& two = open_gate(2, 10, 1h);
  come(two, first, 'a');
  come(two, second, 'b');
  for (const char name : {'c', 'd', 'e'}) come(two, open, name);
  BOOST_TEST(told == "ab");
  BOOST_TEST(two.waiting() == 3u);
  second.open(); // its place serves all that wait, one after the other
  BOOST_TEST(told == "abcde");
  BOOST_TEST(two.waiting() == 0u);
  come(two, open, 'f');
  BOOST_TEST(told == "abcdef");
}

BOOST_FIXTURE_TEST_CASE(where_too_many_wait_one_more_is_refused_at_once, fixture) {
  turnstile first, open;
  open.open();
  gate& one = open_gate(1, 2, 1h);
  come(one, first, 'a');
  for (const char name : {'b', 'c', 'd', 'e'}) come(one, open, name);
  BOOST_TEST(told == "a--");
  BOOST_TEST(one.refusals() == 2u);
  first.open();
  BOOST_TEST(told == "a--bc");
}

BOOST_FIXTURE_TEST_CASE(whoever_waited_too_long_is_refused_at_its_turn, fixture) {
  turnstile first, open;
  open.open();
  gate& one = open_gate(1, 10, 20ms);
  come(one, first, 'a');
  come(one, open, 'b');
  const auto since = gate::clock::now();
  BOOST_TEST_REQUIRE(wait_until([&] { return gate::clock::now() - since > 40ms; }));
  come(one, open, 'c');
  first.open();
  BOOST_TEST(told == "a-c");
  BOOST_TEST(one.refusals() == 1u);
}

BOOST_FIXTURE_TEST_CASE(whoever_is_gone_gives_its_turn_up, fixture) {
  turnstile first, open;
  open.open();
  gate& one = open_gate(1, 10, 1h);
  come(one, first, 'a');
  {
    background gone;
    for (const char name : {'x', 'y', 'z'}) gone.spawn(stay(one, open, told, name));
    come(one, open, 'b');
    BOOST_TEST(one.waiting() == 4u);
  }
  BOOST_TEST(one.waiting() == 1u);
  callers.destroy();        // the one inside is destroyed, too
  BOOST_TEST(told == "ab"); // b came in when a was destroyed, before b was
  come(one, open, 'c');
  BOOST_TEST(told == "abc");
}

BOOST_FIXTURE_TEST_CASE(a_long_line_that_leaves_at_once_takes_no_stack, fixture) {
  turnstile first, open;
  open.open();
  gate& one = open_gate(1, 200'000, 1h);
  come(one, first, 'a');
  for (int i = 0; i < 100'000; ++i) come(one, open, 'b');
  first.open();
  BOOST_TEST(told.size() == 100'001u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
