#include "store/async/worker.hpp"

#include "store/async/task.hpp"
#include "tests/support/tasks.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>

namespace invited::test {
namespace {

using work = std::function<std::string()>;

struct a_loop {
  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open{io.get_executor()};
  work_queue queue{16};
  background spawned;
  std::string said;
  std::thread::id resumed_on;
};

task<void> ask(a_loop& l, worker& by, work w, queue_place at = {}) {
  offload<work> answered(by, std::move(w), at);
  try {
    l.said += (co_await answered).value_or("full");
  } catch (const std::exception& e) {
    l.said += e.what();
  }
  l.resumed_on = std::this_thread::get_id();
}

BOOST_FIXTURE_TEST_SUITE(async_worker, a_loop)

BOOST_AUTO_TEST_CASE(work_is_done_elsewhere_and_goes_on_here) {
  worker beside(io, queue);
  std::thread::id worked_on;
  spawned.spawn(ask(*this, beside, [&worked_on] {
    worked_on = std::this_thread::get_id();
    return std::string("done");
  }));
  BOOST_TEST(said.empty());
  BOOST_REQUIRE(run_until(io, [this] { return !said.empty(); }));
  BOOST_TEST(said == "done");
  BOOST_TEST((worked_on != std::this_thread::get_id()));
  BOOST_TEST((resumed_on == std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(one_after_the_other_in_order) {
  worker beside(io, queue);
  for (const char c : {'a', 'b', 'c', 'd'})
    spawned.spawn(ask(*this, beside, [c] { return std::string(1, c); }));
  BOOST_REQUIRE(run_until(io, [this] { return said.size() == 4; }));
  BOOST_TEST(said == "abcd");
}

BOOST_AUTO_TEST_CASE(what_the_work_throws_is_thrown_here) {
  worker beside(io, queue);
  spawned.spawn(ask(*this, beside, []() -> std::string { throw std::runtime_error("on purpose"); }));
  BOOST_REQUIRE(run_until(io, [this] { return !said.empty(); }));
  BOOST_TEST(said == "on purpose");
}

BOOST_AUTO_TEST_CASE(a_caller_that_leaves_is_not_resumed) {
  worker beside(io, queue);
  std::atomic<bool> begun{false}, go{false}, ended{false};
  spawned.spawn(ask(*this, beside, [&] {
    begun = true;
    while (!go) std::this_thread::yield();
    ended = true;
    return std::string("late");
  }));
  BOOST_REQUIRE(wait_until([&] { return begun.load(); }));
  spawned.destroy();
  go = true;
  BOOST_REQUIRE(wait_until([&] { return ended.load(); }));
  spawned.spawn(ask(*this, beside, [] { return std::string("next"); }));
  BOOST_REQUIRE(run_until(io, [this] { return !said.empty(); }));
  BOOST_TEST(said == "next");
}

BOOST_AUTO_TEST_CASE(its_end_waits_for_what_runs_and_drops_the_rest) {
  std::atomic<bool> begun{false}, go{false};
  std::atomic<int> done{0};
  std::thread helper;
  {
    worker beside(io, queue);
    spawned.spawn(ask(*this, beside, [&] {
      begun = true;
      while (!go) std::this_thread::yield();
      ++done;
      return std::string("first");
    }));
    for (int i = 0; i < 3; ++i)
      spawned.spawn(ask(*this, beside, [&done] {
        ++done;
        return std::string("never");
      }));
    BOOST_REQUIRE(wait_until([&] { return begun.load(); }));
    helper = std::thread([&go] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20)); // most likely while the worker is destroyed
      go = true;
    });
  }
  helper.join();
  BOOST_TEST(done >= 1);
  io.poll();
  spawned.destroy();
}

BOOST_AUTO_TEST_CASE(one_more_than_may_wait_is_refused_at_once) {
  work_queue narrow(2);
  worker beside(io, narrow);
  std::atomic<bool> begun{false}, go{false};
  spawned.spawn(ask(*this, beside, [&] {
    begun = true;
    while (!go) std::this_thread::yield();
    return std::string("a");
  }));
  BOOST_REQUIRE(wait_until([&] { return begun.load(); })); // it no longer waits, so there is room for two
  for (const char c : {'b', 'c', 'd'}) spawned.spawn(ask(*this, beside, [c] { return std::string(1, c); }));
  BOOST_TEST(said == "full");
  go = true;
  BOOST_REQUIRE(run_until(io, [this] { return said.size() == 7; }));
  BOOST_TEST(said == "fullabc");
}

BOOST_AUTO_TEST_CASE(loops_that_share_a_queue_get_their_own_back) {
  a_loop other;
  std::atomic<bool> begun{false}, go{false};
  worker mine(io, queue);
  {
    worker theirs(other.io, queue);
    spawned.spawn(ask(*this, mine, [&] {
      begun = true;
      while (!go) std::this_thread::yield();
      return std::string("mine");
    }));
    BOOST_REQUIRE(wait_until([&] { return begun.load(); }));
    other.spawned.spawn(ask(other, theirs, [] { return std::string("theirs"); }));
  } // destroyed while another's job is under way, for which it does not wait
  go = true;
  BOOST_REQUIRE(run_until(io, [this] { return !said.empty(); }));
  BOOST_TEST(said == "mine");
  other.io.poll();
  BOOST_TEST(other.said.empty());
  other.spawned.destroy();
}

BOOST_AUTO_TEST_CASE(two_threads_work_at_the_same_time) {
  work_queue two({.in_lane = 16, .in_all = 16}, 2);
  worker beside(io, two);
  std::atomic<int> begun{0}, most{0};
  const auto both = [&begun, &most] { // each ends only after the other has begun
    ++begun;
    while (begun < 2) std::this_thread::yield();
    ++most;
    return std::string("x");
  };
  spawned.spawn(ask(*this, beside, both));
  spawned.spawn(ask(*this, beside, both));
  BOOST_REQUIRE(run_until(io, [this] { return said.size() == 2; }));
  BOOST_TEST(most == 2);
  std::atomic<int> at_once{0};
  for (int i = 0; i < 12; ++i) {
    spawned.spawn(ask(*this, beside, [&at_once, &most] {
      most = std::max(most.load(), ++at_once);
      std::this_thread::yield();
      --at_once;
      return std::string("y");
    }));
  }
  BOOST_REQUIRE(run_until(io, [this] { return said.size() == 14; }));
  BOOST_TEST(most <= 2); // never a third
}

BOOST_AUTO_TEST_CASE(whoever_must_give_way_is_refused) {
  work_queue narrow({.in_lane = 2, .in_all = 2}, 1);
  worker beside(io, narrow);
  std::atomic<bool> begun{false}, go{false};
  spawned.spawn(ask(*this, beside, [&] {
    begun = true;
    while (!go) std::this_thread::yield();
    return std::string("a");
  }));
  BOOST_REQUIRE(wait_until([&] { return begun.load(); }));
  const queue_place crowd{queue_rank::usual, 1}, other{queue_rank::usual, 2};
  for (const char c : {'b', 'c'})
    spawned.spawn(ask(
        *this, beside, [c] { return std::string(1, c); }, crowd));
  BOOST_TEST(beside.is_full(crowd));
  BOOST_TEST(!beside.is_full(other));
  spawned.spawn(ask(
      *this, beside, [] { return std::string("d"); }, other)); // for c
  BOOST_TEST(said.empty());                                    // not within the call of another
  BOOST_REQUIRE(run_until(io, [this] { return said == "full"; }));
  go = true;
  BOOST_REQUIRE(run_until(io, [this] { return said.size() == 7; }));
  BOOST_TEST(said == "fullabd");
}

BOOST_AUTO_TEST_CASE(whoever_waited_too_long_is_refused) {
  work_queue hasty({.in_lane = 4, .in_all = 4, .longest = std::chrono::steady_clock::duration(0)}, 1);
  worker beside(io, hasty);
  spawned.spawn(ask(*this, beside, [] { return std::string("never"); }));
  BOOST_REQUIRE(run_until(io, [this] { return said == "full"; })); // however long it took
}

BOOST_AUTO_TEST_CASE(one_of_two_threads_ends_while_the_other_works_for_another_loop) {
  a_loop other;
  work_queue two({.in_lane = 16, .in_all = 16}, 2);
  std::atomic<int> begun{0};
  std::atomic<bool> go{false};
  worker mine(io, two);
  const auto hold = [&] {
    ++begun;
    while (!go) std::this_thread::yield();
    return std::string("mine");
  };
  spawned.spawn(ask(*this, mine, hold));
  BOOST_REQUIRE(wait_until([&] { return begun == 1; }));
  {
    worker theirs(other.io, two);
    other.spawned.spawn(ask(other, theirs, [] { return std::string("theirs"); }));
    BOOST_REQUIRE(run_until(other.io, [&] { return !other.said.empty(); }));
  }
  go = true;
  BOOST_REQUIRE(run_until(io, [this] { return !said.empty(); }));
  BOOST_TEST(other.said == "theirs");
}

BOOST_AUTO_TEST_CASE(unused_it_has_no_thread_and_ends_at_once) {
  worker beside(io, queue);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
