#include "store/async/task.hpp"
#include "store/async/turn.hpp"

#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace invited {
namespace {

struct named_job final : turn::job {
  named_job(std::string& to, char n) : log(to), name(n) {}
  std::string& log;
  char name;
  std::function<void()> also{};

private:
  void at_end_of_turn() override {
    log += name;
    if (also) also();
  }
};

/// The points that requests of one kind pass.
struct way {
  explicit way(turn& t) : first(t), second(t), third(t) {}
  turn::rendezvous first, second, third;
};

struct fixture {
  boost::asio::io_context io{1};
  turn t{io};
  std::string log;
  way here{t}, there{t};
  named_job a{log, 'a'}, b{log, 'b'}, c{log, 'c'};
};

BOOST_FIXTURE_TEST_SUITE(turns, fixture)

BOOST_AUTO_TEST_CASE(jobs_run_once_in_order_at_the_end_of_the_scope) {
  {
    const turn::scope outer(t);
    t.ask(b);
    t.ask(a);
    t.ask(b);
    { const turn::scope inner(t); }
    BOOST_TEST(log == "");
  }
  BOOST_TEST(log == "ba");
  BOOST_TEST(io.poll() == 0u);
  BOOST_TEST(log == "ba");
}

BOOST_AUTO_TEST_CASE(without_a_scope_they_run_after_what_is_ready) {
  boost::asio::post(io, [this] {
    t.ask(a);
    log += '1';
  });
  boost::asio::post(io, [this] {
    t.ask(b);
    log += '2';
  });
  io.run();
  BOOST_TEST(log == "12ab");
  io.restart();
  t.ask(a); // and again
  io.run();
  BOOST_TEST(log == "12aba");
}

BOOST_AUTO_TEST_CASE(a_scope_takes_what_was_posted_for) {
  t.ask(a);
  { const turn::scope now(t); }
  BOOST_TEST(log == "a");
  t.ask(b);
  io.run();
  BOOST_TEST(log == "ab");
}

BOOST_AUTO_TEST_CASE(what_jobs_ask_for_comes_in_the_next_turn) {
  int times = 0;
  a.also = [&] {
    t.ask(b);
    if (++times < 3) t.ask(a);
  };
  {
    const turn::scope now(t);
    t.ask(a);
    t.ask(c);
  }
  BOOST_TEST(log == "ac");
  io.run();
  BOOST_TEST(log == "acbabab");
}

BOOST_AUTO_TEST_CASE(a_job_that_always_asks_again_leaves_the_loop_to_others) {
  bool others = false;
  int times = 0;
  a.also = [&] {
    if (++times < 1'000'000 && !others) t.ask(a);
  };
  {
    const turn::scope now(t);
    t.ask(a);
  }
  boost::asio::post(io, [&] { others = true; });
  io.run();
  BOOST_TEST(others);
  BOOST_TEST(times < 10);
}

BOOST_AUTO_TEST_CASE(a_job_may_withdraw_one_that_comes_after_it) {
  a.also = [&] { t.withdraw(b); };
  {
    const turn::scope now(t);
    for (named_job* j : {&a, &b, &c}) t.ask(*j);
  }
  BOOST_TEST(log == "ac");
  b.also = [&] { t.withdraw(c); };
  {
    const turn::scope now(t);
    t.ask(b);
    t.ask(c); // the last
  }
  BOOST_TEST(log == "acb");
}

BOOST_AUTO_TEST_CASE(withdrawn_jobs_do_not_run) {
  {
    const turn::scope now(t);
    for (named_job* j : {&a, &b, &c}) t.ask(*j);
    t.withdraw(c); // the last, the first, and one that is not in the list
    t.withdraw(a);
    t.withdraw(a);
    t.ask(c);
  }
  BOOST_TEST(log == "bc");
  {
    const turn::scope now(t);
    t.ask(a);
    t.withdraw(a);
    t.ask(b);
  }
  BOOST_TEST(log == "bcb");
}

BOOST_AUTO_TEST_CASE(a_job_may_be_destroyed_before_it_runs) {
  for (const std::size_t gone : {0u, 1u, 2u}) {
    log.clear();
    std::array<std::optional<named_job>, 3> jobs;
    {
      const turn::scope now(t);
      for (std::size_t i = 0; i < jobs.size(); ++i) t.ask(jobs[i].emplace(log, "xyz"[i]));
      jobs[gone].reset();
    }
    BOOST_TEST(log == std::string("xyz").erase(gone, 1));
  }
  {
    named_job alone(log, 'l'); // posted, not in a scope
    t.ask(alone);
  }
  log.clear();
  BOOST_TEST(io.poll() == 1u);
  BOOST_TEST(log == "");
}

BOOST_AUTO_TEST_CASE(a_job_may_outlive_the_turn_that_it_asked) {
  std::optional<turn> short_lived(std::in_place, io);
  short_lived->ask(a);
  short_lived->ask(b);
  short_lived.reset();
  io.stop(); // what was posted never runs
  turn other(io);
  {
    const turn::scope now(other);
    other.ask(b);
  }
  BOOST_TEST(log == "b");
}

task<void> pass(way& through, std::string& log, char who) {
  const std::array<turn::rendezvous*, 3> stages = {&through.first, &through.second, &through.third};
  for (std::size_t i = 0; i < stages.size(); ++i) {
    log += who;
    log += static_cast<char>('1' + i);
    co_await *stages[i];
  }
  log += '.';
}

bool start(task<void>& work) {
  return work.start([](void*) {}, nullptr);
}

BOOST_AUTO_TEST_CASE(a_batch_passes_each_rendezvous_together_and_before_the_jobs) {
  task<void> x = pass(here, log, 'x'), y = pass(here, log, 'y'), z = pass(here, log, 'z');
  {
    const turn::scope batch(t);
    t.ask(a);
    BOOST_TEST(!start(x));
    BOOST_TEST(!start(y));
    BOOST_TEST(!start(z));
    BOOST_TEST(log == "x1y1z1");
  }
  BOOST_TEST(log == "x1y1z1x2y2z2x3y3z3...a");
}

BOOST_AUTO_TEST_CASE(those_of_different_ways_do_not_mix) {
  task<void> x = pass(here, log, 'x'), m = pass(there, log, 'm'), y = pass(here, log, 'y'),
             n = pass(there, log, 'n');
  {
    const turn::scope batch(t);
    for (task<void>* each : {&x, &m, &y, &n}) BOOST_TEST(!start(*each));
  }
  BOOST_TEST(log == "x1m1y1n1x2y2m2n2x3y3m3n3....");
}

BOOST_AUTO_TEST_CASE(a_way_that_is_joined_late_catches_up) {
  task<void> late = pass(here, log, 'l');
  task<void> x = pass(here, log, 'x');
  const auto starts_late = [](way& at, task<void>& other) -> task<void> {
    co_await at.first;
    BOOST_TEST(!start(other));
  };
  task<void> starter = starts_late(there, late);
  {
    const turn::scope batch(t);
    BOOST_TEST(!start(x));
    BOOST_TEST(!start(starter));
  }
  BOOST_TEST(log == "x1x2l1x3l2.l3.");
}

BOOST_AUTO_TEST_CASE(a_rendezvous_may_be_destroyed_once_nothing_waits_in_it) {
  for (const int gone : {0, 1, 2}) {
    log.clear();
    std::array<std::optional<way>, 3> ways;
    std::array<task<void>, 3> all;
    for (auto& each : ways) each.emplace(t);
    {
      const turn::scope batch(t);
      for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = pass(*ways[i], log, "xyz"[i]);
        BOOST_TEST(!start(all[i]));
      }
      all[static_cast<std::size_t>(gone)] = {};
      ways[static_cast<std::size_t>(gone)].reset();
    }
    BOOST_TEST(log.ends_with(".."));
    BOOST_TEST(std::ranges::count(log, "xyz"[gone]) == 1);
  }
}

BOOST_AUTO_TEST_CASE(outside_of_a_scope_nobody_is_waited_for) {
  task<void> alone = pass(here, log, 'x');
  BOOST_TEST(start(alone));
  BOOST_TEST(log == "x1x2x3.");
}

BOOST_AUTO_TEST_CASE(what_is_destroyed_while_it_waits_is_not_resumed) {
  for (const int gone : {0, 1, 2}) {
    log.clear();
    std::array<task<void>, 3> all = {pass(here, log, 'x'), pass(here, log, 'y'), pass(here, log, 'z')};
    {
      const turn::scope batch(t);
      for (task<void>& each : all) BOOST_TEST(!start(each));
      all[static_cast<std::size_t>(gone)] = {};
      task<void> late = pass(here, log, 'l');
      BOOST_TEST(!start(late));
    } // one is destroyed with the scope, before its end
    BOOST_TEST(log.ends_with(".."));
    BOOST_TEST(std::ranges::count(log, '.') == 2);
    BOOST_TEST(std::ranges::count(log, "xyz"[gone]) == 1);
  }
}

BOOST_AUTO_TEST_CASE(what_a_job_starts_goes_on_in_the_next_turn) {
  task<void> later = pass(here, log, 'x');
  a.also = [&] { BOOST_TEST(!start(later)); };
  {
    const turn::scope now(t);
    t.ask(a);
  }
  BOOST_TEST(log == "ax1");
  io.run();
  BOOST_TEST(log == "ax1x2x3.");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited
