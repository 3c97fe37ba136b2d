#include "store/async/turn.hpp"

#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <functional>
#include <optional>
#include <string>

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

/// Notes when it is passed.
class named_meeting final : public turn::meeting {
public:
  named_meeting(turn& t, std::string& to, char of) : meeting(t), log(to), name(of) {}

  void reach() { reached(); }
  using meeting::in_turn;

  std::string& log;
  char name;
  std::function<void()> also{};

private:
  void pass() noexcept override {
    log += name;
    if (also) also();
  }
};

struct fixture {
  boost::asio::io_context io{1};
  turn t{io};
  std::string log;
  named_meeting x{t, log, 'x'}, y{t, log, 'y'};
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

BOOST_AUTO_TEST_CASE(meetings_are_passed_once_in_order_and_before_the_jobs) {
  {
    const turn::scope now(t);
    t.ask(a);
    y.reach();
    x.reach();
    y.reach();
    BOOST_TEST(log.empty());
  }
  BOOST_TEST(log == "yxa");
}

BOOST_AUTO_TEST_CASE(what_is_reached_while_another_is_passed_comes_in_the_same_turn) {
  x.also = [&] { y.reach(); };
  y.also = [&] { // and once more, but not for ever
    if (log.size() < 4) x.reach();
  };
  {
    const turn::scope now(t);
    t.ask(a);
    x.reach();
  }
  BOOST_TEST(log == "xyxya");
}

BOOST_AUTO_TEST_CASE(a_meeting_may_be_destroyed_before_it_is_passed) {
  {
    const turn::scope now(t);
    named_meeting gone(t, log, 'g');
    gone.reach();
    x.reach();
  } // it is destroyed before the scope
  BOOST_TEST(log == "x");
}

BOOST_AUTO_TEST_CASE(only_inside_of_a_scope_there_is_anybody_to_meet) {
  BOOST_TEST(!x.in_turn());
  const turn::scope now(t);
  BOOST_TEST(x.in_turn());
}

BOOST_AUTO_TEST_CASE(what_a_job_reaches_is_passed_in_the_next_turn) {
  a.also = [&] { x.reach(); };
  {
    const turn::scope now(t);
    t.ask(a);
  }
  BOOST_TEST(log == "a");
  io.run();
  BOOST_TEST(log == "ax");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited
