#include "server/net/deadlines.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <string>
#include <vector>

namespace invited::server {
namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::steady_clock::time_point;

constexpr phase_lengths lengths{10s, 30s, 30s, 75s, 2s};

class recorder final : public deadline_entry {
public:
  std::vector<phase> ended{};
  std::function<void()> then{};
  bool idle = false;
  bool gone = false;

private:
  bool may_go() const override { return idle; }
  void go() override { gone = true; }
  void on_deadline(phase p) override {
    ended.push_back(p);
    if (then) then();
  }
};

time_point at(std::chrono::milliseconds t) {
  return time_point{t};
}

} // namespace

BOOST_AUTO_TEST_SUITE(deadlines_)

BOOST_AUTO_TEST_CASE(a_phase_ends_at_its_length) {
  deadline_queue queue{lengths};
  recorder a;
  queue.enter(a, phase::header, at(1s));
  queue.expire(at(10'999ms));
  BOOST_TEST(a.ended.empty());
  BOOST_TEST(!queue.empty());
  queue.expire(at(11s));
  BOOST_TEST(a.ended.size() == 1);
  BOOST_TEST(queue.empty());
  queue.expire(at(100s));
  BOOST_TEST(a.ended.size() == 1);
}

BOOST_AUTO_TEST_CASE(entering_again_does_not_prolong) {
  deadline_queue queue{lengths};
  recorder a;
  queue.enter(a, phase::header, at(0s));
  queue.enter(a, phase::header, at(9s)); // a byte has come
  queue.expire(at(10s));
  BOOST_TEST(a.ended.size() == 1);
}

BOOST_AUTO_TEST_CASE(another_phase_replaces) {
  deadline_queue queue{lengths};
  recorder a;
  queue.enter(a, phase::header, at(0s));
  queue.enter(a, phase::body, at(9s));
  queue.expire(at(38s));
  BOOST_TEST(a.ended.empty());
  queue.expire(at(39s));
  BOOST_TEST_REQUIRE(a.ended.size() == 1);
  BOOST_TEST((a.ended[0] == phase::body));
}

BOOST_AUTO_TEST_CASE(leaving) {
  deadline_queue queue{lengths};
  recorder a, b, c;
  for (auto* r : {&a, &b, &c}) queue.enter(*r, phase::idle, at(0s));
  queue.leave(b);
  queue.leave(b);
  queue.expire(at(75s));
  BOOST_TEST(a.ended.size() == 1);
  BOOST_TEST(b.ended.empty());
  BOOST_TEST(c.ended.size() == 1);
  BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(phases_do_not_wait_for_each_other) {
  deadline_queue queue{lengths};
  recorder slow, fast;
  queue.enter(slow, phase::idle, at(0s));
  queue.enter(fast, phase::linger, at(1s));
  queue.expire(at(3s));
  BOOST_TEST(slow.ended.empty());
  BOOST_TEST(fast.ended.size() == 1);
  queue.leave(slow);
}

BOOST_AUTO_TEST_CASE(a_deadline_may_change_the_lists) {
  deadline_queue queue{lengths};
  recorder a, b, c;
  a.then = [&] {
    queue.leave(b);                         // its neighbour, which is due as well
    queue.enter(a, phase::linger, at(10s)); // itself
    queue.leave(c);
  };
  queue.enter(a, phase::header, at(0s));
  queue.enter(b, phase::header, at(0s));
  queue.enter(c, phase::header, at(0s));
  queue.expire(at(10s));
  BOOST_TEST(a.ended.size() == 1);
  BOOST_TEST(b.ended.empty());
  BOOST_TEST(c.ended.empty());
  queue.leave(a);
  BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(never_early_and_at_most_two_ticks_late) {
  boost::asio::io_context io;
  time_point now = at(1000s);
  deadlines timers{io, lengths, [&] { return now; }};
  recorder first, second;
  timers.enter(first, phase::idle); // reads the clock
  now += 249ms;                     // not noticed, because the time is that of the last tick
  timers.enter(second, phase::header);
  const auto entered = now;
  now = entered + 10s - 1ms;
  timers.tick();
  BOOST_TEST(second.ended.empty());
  now = entered + 10s + 500ms;
  timers.tick();
  BOOST_TEST(second.ended.size() == 1);
  BOOST_TEST(first.ended.empty());
  timers.leave(first);
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back) {
  boost::asio::io_context io;
  time_point now = at(1000s);
  deadlines timers{io, lengths, [&] { return now; }};
  recorder a, b;
  timers.enter(a, phase::header);
  now = at(500s);
  timers.tick();
  timers.enter(b, phase::header);
  now = at(1011s);
  timers.tick();
  BOOST_TEST(a.ended.size() == 1);
  BOOST_TEST(b.ended.size() == 1);
}

BOOST_AUTO_TEST_CASE(the_timer_runs_only_while_somebody_waits) {
  boost::asio::io_context io;
  time_point now = at(0s);
  // Each look at the clock takes a second. The loop itself ticks in real time, four times a second.
  deadlines timers{io, lengths, [&] { return now += 1s; }};
  recorder a;
  timers.enter(a, phase::linger);
  io.run(); // ends by itself, once no deadline is left
  BOOST_TEST(a.ended.size() == 1);
  io.restart();
  timers.enter(a, phase::linger);
  a.then = [&] { timers.stop(); };
  io.run();
  BOOST_TEST(a.ended.size() == 2);
  io.restart();
  timers.enter(a, phase::idle);
  timers.stop();
  io.run();
  BOOST_TEST(a.ended.size() == 2);
  timers.leave(a);
}

BOOST_AUTO_TEST_CASE(the_longest_idle_goes_first) {
  deadline_queue queue{lengths};
  recorder kept, silent, late, busy, reading;
  for (recorder* r : {&kept, &silent, &late}) r->idle = true;
  BOOST_TEST(!queue.end_longest_idle());
  queue.enter(busy, phase::header, at(1s)); // has sent half of a head
  queue.enter(reading, phase::body, at(1s));
  queue.enter(kept, phase::idle, at(2s));
  queue.enter(silent, phase::header, at(3s)); // its deadline is sooner, but it came later
  queue.enter(late, phase::idle, at(4s));
  for (recorder* next : {&kept, &silent, &late}) {
    BOOST_TEST(!next->gone);
    BOOST_TEST(queue.end_longest_idle());
    BOOST_TEST(next->gone);
    BOOST_TEST(next->ended.empty()); // it has no deadline of its own
  }
  BOOST_TEST(!queue.end_longest_idle());
  BOOST_TEST(!queue.empty());
  queue.leave(busy);
  queue.leave(reading);
  BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(the_search_does_not_pass_many_that_may_not_go) {
  deadline_queue queue{lengths};
  std::vector<recorder> busy(64);
  recorder silent;
  silent.idle = true;
  for (recorder& r : busy) queue.enter(r, phase::header, at(1s));
  queue.enter(silent, phase::header, at(2s));
  BOOST_TEST(!queue.end_longest_idle());
  queue.leave(busy[0]);
  BOOST_TEST(queue.end_longest_idle());
  BOOST_TEST(silent.gone);
  for (recorder& r : busy) queue.leave(r);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
