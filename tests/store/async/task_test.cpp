#include "store/async/task.hpp"

#include "tests/support/tasks.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace invited {
namespace {

using test::turnstile;

task<int> at_once(int value) {
  co_return value;
}

task<int> after(turnstile& g, int value) {
  co_await g.pass();
  co_return value;
}

task<int> sum(turnstile& g, int value) {
  const int first = co_await after(g, value);
  const int second = co_await at_once(1);
  co_return first + second;
}

task<int> fails(turnstile& g) {
  co_await g.pass();
  throw std::runtime_error("on purpose");
}

task<std::string> catches(turnstile& g) {
  try {
    co_await fails(g);
  } catch (const std::runtime_error& e) {
    co_return e.what();
  }
  co_return "nothing was thrown";
}

/// Records that it was destroyed.
struct witness {
  explicit witness(int& n) : count(n) {}
  witness(const witness&) = delete;
  witness& operator=(const witness&) = delete;
  ~witness() { ++count; }
  int& count;
};

task<void> holds(turnstile& g, int& destroyed) {
  const witness here(destroyed);
  co_await g.pass();
}

task<void> holds_two(turnstile& g, int& destroyed) {
  const witness here(destroyed);
  co_await holds(g, destroyed);
}

/// Counts how often it moves.
struct moving {
  explicit moving(int& n) : moves(n) {}
  moving(moving&& other) noexcept : moves(other.moves) { ++moves; }
  int& moves;
};

task<moving> makes(int& moves) {
  moving made(moves);
  co_return made;
}

task<bool> looks_at(int& moves) {
  task<moving> making = makes(moves);
  const moving& in_place = co_await making;
  const moving& again = making.take();
  co_return &in_place == &again;
}

task<int> takes(int& moves) {
  const moving mine = co_await makes(moves);
  co_return mine.moves;
}

void count(void* n) {
  ++*static_cast<int*>(n);
}

BOOST_AUTO_TEST_SUITE(tasks)

BOOST_AUTO_TEST_CASE(does_nothing_before_it_is_started) {
  int destroyed = 0;
  turnstile g;
  { const task<void> never = holds(g, destroyed); }
  BOOST_TEST(destroyed == 0); // its body never began
  BOOST_TEST(g.waiting() == 0u);
}

BOOST_AUTO_TEST_CASE(one_that_need_not_wait_wakes_nobody) {
  int woken = 0;
  task<int> t = at_once(7);
  BOOST_TEST(t.start(count, &woken));
  BOOST_TEST(t.take() == 7);
  BOOST_TEST(woken == 0);
}

BOOST_AUTO_TEST_CASE(one_that_waits_wakes_once) {
  turnstile g;
  int woken = 0;
  task<int> t = sum(g, 7);
  BOOST_TEST(!t.start(count, &woken));
  BOOST_TEST(woken == 0);
  g.open();
  BOOST_TEST(woken == 1);
  BOOST_TEST(t.take() == 8);
}

BOOST_AUTO_TEST_CASE(what_is_thrown_comes_out_where_it_is_awaited_or_taken) {
  turnstile open, closed;
  open.open();
  BOOST_TEST(test::result_of(catches(open)) == "on purpose");
  int woken = 0;
  task<int> t = fails(closed);
  BOOST_TEST(!t.start(count, &woken));
  closed.open();
  BOOST_TEST(woken == 1);
  BOOST_CHECK_THROW(t.take(), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_result_stands_in_its_frame_as_long_as_the_task) {
  int moves = 0;
  BOOST_TEST(test::result_of(looks_at(moves)));
  BOOST_TEST(moves == 1); // out of the body
  moves = 0;
  BOOST_TEST(test::result_of(takes(moves)) == 2);
}

BOOST_AUTO_TEST_CASE(destroyed_while_it_waits_it_unwinds_all_its_frames) {
  turnstile g;
  int destroyed = 0, woken = 0;
  {
    task<void> t = holds_two(g, destroyed);
    BOOST_TEST(!t.start(count, &woken));
    BOOST_TEST(destroyed == 0);
  }
  BOOST_TEST(destroyed == 2);
  BOOST_TEST(woken == 0);
}

BOOST_AUTO_TEST_CASE(may_be_destroyed_by_what_it_wakes) {
  struct owner {
    task<int> t;
    int got = 0;
    static void ended(void* self) {
      auto* const o = static_cast<owner*>(self);
      const task<int> done = std::move(o->t);
      o->got = done.take();
    } // the frame of the caller ends here
  };
  turnstile g;
  owner o{sum(g, 1)};
  BOOST_TEST(!o.t.start(owner::ended, &o));
  g.open();
  BOOST_TEST(o.got == 2);
}

BOOST_AUTO_TEST_CASE(moves) {
  turnstile g;
  int destroyed = 0;
  task<void> first = holds(g, destroyed);
  static_cast<void>(first.start(count, &destroyed));
  task<void> second = std::move(first);
  second = holds(g, destroyed); // the first one's frame is destroyed
  BOOST_TEST(destroyed == 1);
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_in_a_row_need_no_stack) {
  const auto many = []() -> task<int> {
    int n = 0;
    for (int i = 0; i < 100'000; ++i) n += co_await at_once(1);
    co_return n;
  };
  BOOST_TEST(test::result_of(many()) == 100'000);
}

BOOST_AUTO_TEST_CASE(results_that_can_only_be_moved) {
  const auto make = []() -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
  BOOST_TEST(*test::result_of(make()) == 3);
}

BOOST_AUTO_TEST_CASE(frames_of_every_size_and_more_than_are_kept) {
  // The lists must never hand out the same memory twice. Each frame writes all over its own.
  std::vector<std::pair<unsigned char*, std::size_t>> taken;
  for (std::size_t size = 1; size < 6000; size += 37) {
    for (int i = 0; i < 3; ++i) {
      auto* const memory = static_cast<unsigned char*>(detail::allocate_frame(size));
      std::fill_n(memory, size, static_cast<unsigned char>(taken.size()));
      taken.emplace_back(memory, size);
    }
  }
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const auto [memory, size] = taken[i];
      const auto mark = static_cast<unsigned char>(i);
      BOOST_TEST_REQUIRE((memory[0] == mark && memory[size - 1] == mark));
    }
    for (auto& [memory, size] : taken) detail::free_frame(memory, size);
    for (std::size_t i = 0; i < taken.size(); ++i) {
      taken[i].first = static_cast<unsigned char*>(detail::allocate_frame(taken[i].second));
      std::fill_n(taken[i].first, taken[i].second, static_cast<unsigned char>(i));
    }
  }
  for (const auto& [memory, size] : taken) detail::free_frame(memory, size);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited
