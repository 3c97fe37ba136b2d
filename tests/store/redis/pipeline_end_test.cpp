// Requests that get no reply, at every step: it is late, they were abandoned, or the connection is lost.
#include "tests/store/redis/pipeline_fixture.hpp"

#include "store/base/errc.hpp"

#include <functional>
#include <string>
#include <vector>

namespace invited::test {
namespace {

using namespace std::chrono_literals;
using store::errc;

BOOST_AUTO_TEST_SUITE(store_redis_pipeline)

BOOST_FIXTURE_TEST_CASE(a_lost_connection_leaves_no_batch_under_way, pipeline_fixture) {
  for (int i = 0; i < 2; ++i) {
    ask();
    BOOST_TEST(stage() == x);
  }
  ask();
  BOOST_TEST(stage() == "nothing");
  p.fail();
  BOOST_TEST(!p.full());
  for (int i = 0; i < 2; ++i) {
    ask();
    BOOST_TEST(stage() == x);
  }
}

/// The connection breaks at each step of one exchange: requests 0 and 1 are sent, 2 is staged, 3 waits.
BOOST_AUTO_TEST_CASE(failure_at_every_step_completes_each_exactly_once) {
  constexpr auto none = errc{};
  const struct {
    int steps;
    std::vector<errc> errors; ///< of the requests made so far
  } cases[] = {
      {0, {}},
      {1, {errc::unavailable, errc::unavailable}},
      {2, {errc::unanswered, errc::unanswered}},
      {3, {errc::unanswered, errc::unanswered, errc::unavailable}},
      {4, {none, errc::unanswered, errc::unavailable}},
      {5, {none, errc::unanswered, errc::unanswered}},
      {6, {none, errc::unanswered, errc::unanswered, errc::unavailable}},
      {7, {none, none, errc::unanswered, errc::unavailable}},
      {8, {none, none, none, errc::unavailable}},
      {9, {none, none, none, errc::unanswered}},
      {10, {none, none, none, none}},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT("after step " << c.steps) {
      pipeline_fixture f;
      const std::function<void()> steps[] = {
          [&] { f.ask(), f.ask(); },
          [&] { f.stage(); },
          [&] { f.ask(); },
          [&] { BOOST_TEST(!f.p.receive(":1\r\n")); },
          [&] { f.stage(); },
          [&] { f.ask(); },
          [&] { BOOST_TEST(!f.p.receive(":1\r\n*2\r\n")); },
          [&] { BOOST_TEST(!f.p.receive(":1\r\n:2\r\n")); },
          [&] { f.stage(); },
          [&] { BOOST_TEST(!f.p.receive(":1\r\n")); },
      };
      for (int i = 0; i < c.steps; ++i) steps[i]();
      f.p.fail();
      f.p.fail();
      BOOST_TEST_REQUIRE(f.waiters.size() == c.errors.size());
      for (std::size_t i = 0; i < c.errors.size(); ++i) {
        BOOST_TEST(f.waiters[i].completed == 1);
        BOOST_TEST(f.waiters[i].error.value() == static_cast<int>(c.errors[i]));
      }
      // Nothing of the old connection is left, neither to send nor half read.
      BOOST_TEST(f.p.idle());
      BOOST_TEST(f.stage() == "nothing");
      const waiter& next = f.ask();
      BOOST_TEST(f.stage() == x);
      BOOST_TEST(!f.p.receive("+new\r\n"));
      BOOST_TEST(next.shown == "+new");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_reply_nobody_asked_for_breaks_the_connection, pipeline_fixture) {
  BOOST_TEST((p.receive("+OK\r\n") == make_error_code(errc::unexpected)));
  BOOST_TEST(p.protocol_error() == "a reply without a request");
  p.fail();
  ask(); // it waits and has not been sent, so this cannot be its reply
  BOOST_TEST((p.receive("+OK\r\n") == make_error_code(errc::unexpected)));
  p.fail();
  BOOST_TEST(waiters[0].error.value() == static_cast<int>(errc::unavailable));
  const waiter& a = ask();
  stage();
  BOOST_TEST((p.receive("+mine\r\n+OK\r\n") == make_error_code(errc::unexpected)));
  BOOST_TEST(a.shown == "+mine");
}

BOOST_FIXTURE_TEST_CASE(garbage_breaks_the_connection, pipeline_fixture) {
  const waiter &a = ask(), &b = ask();
  stage();
  BOOST_TEST((p.receive("+OK\r\nHTTP/1.1 200\r\n") == make_error_code(errc::unexpected)));
  BOOST_TEST(!p.protocol_error().empty());
  BOOST_TEST(a.shown == "+OK");
  BOOST_TEST(b.completed == 0);
  p.fail();
  BOOST_TEST(b.error.value() == static_cast<int>(errc::unanswered));
  BOOST_TEST(a.completed == 1);
}

BOOST_FIXTURE_TEST_CASE(an_abandoned_request_has_its_reply_swallowed, pipeline_fixture) {
  waiter &a = ask("a"), &b = ask("b"), &c = ask("c");
  p.abandon(a); // it was not sent yet; it still goes out, because nothing is taken back
  stage();
  BOOST_TEST(out.find("\r\na\r\n") != std::string::npos);
  p.abandon(b);
  BOOST_TEST(!p.receive(":1\r\n:2\r\n:3\r\n"));
  BOOST_TEST(a.completed + a.discarded == 0);
  BOOST_TEST(b.completed + b.discarded == 0);
  BOOST_TEST(c.shown == "3");

  waiter& d = ask();
  stage();
  p.abandon(d);
  p.fail();
  p.discard();
  BOOST_TEST(d.completed + d.discarded == 0);
}

BOOST_FIXTURE_TEST_CASE(a_late_request_fails_alone_and_its_reply_is_swallowed, pipeline_fixture) {
  waiter &a = ask("a"), &b = ask("b");
  stage();
  now += 1s;
  waiter& c = ask("c");
  p.expire(now - 2s);
  BOOST_TEST(a.completed == 0);
  p.expire(now - 1s);
  for (const waiter* late : {&a, &b}) {
    BOOST_TEST(late->completed == 1);
    BOOST_TEST(late->error.value() == static_cast<int>(errc::unanswered));
  }
  BOOST_TEST(c.completed == 0);
  BOOST_TEST(p.abandoned() == 2u);
  BOOST_TEST(!p.idle());
  p.expire(now - 1s); // once each
  BOOST_TEST(a.completed == 1);
  stage();
  BOOST_TEST(!p.receive(":1\r\n"));
  BOOST_TEST(p.abandoned() == 1u);
  BOOST_TEST(!p.receive(":2\r\n:3\r\n"));
  BOOST_TEST(c.shown == "3"); // and not that of another
  BOOST_TEST(p.abandoned() == 0u);
  BOOST_TEST(p.idle());
}

BOOST_FIXTURE_TEST_CASE(what_was_late_before_it_was_sent_keeps_its_place, pipeline_fixture) {
  waiter& a = ask("a");
  p.expire(now);
  BOOST_TEST(a.error.value() == static_cast<int>(errc::unanswered)); // it still goes out
  waiter& b = ask("b");
  BOOST_TEST(stage() == "*1\r\n$1\r\na\r\n*1\r\n$1\r\nb\r\n");
  BOOST_TEST(!p.receive(":1\r\n:2\r\n"));
  BOOST_TEST(b.shown == "2");
  BOOST_TEST(a.completed == 1);
}

BOOST_FIXTURE_TEST_CASE(a_late_ones_completion_may_do_anything, pipeline_fixture) {
  waiter &a = ask("a"), &b = ask("b"), &c = ask("c");
  stage();
  a.then = [&] {
    p.abandon(b);
    for (int i = 0; i < 200; ++i) ask("next"); // the ring grows during the loop
  };
  p.expire(now);
  BOOST_TEST(a.completed + c.completed == 2);
  BOOST_TEST(b.completed == 0);
  BOOST_TEST(p.abandoned() == 203u); // the new ones had the same deadline
  waiter& d = ask("d");
  d.then = [this] { p.fail(); };
  waiter& e = ask("e");
  p.expire(now);
  BOOST_TEST(d.completed == 1);
  BOOST_TEST(e.completed == 1);
  BOOST_TEST(p.idle());
  BOOST_TEST(p.abandoned() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_completion_may_give_the_connection_up, pipeline_fixture) {
  waiter& a = ask();
  a.then = [this] { p.fail(); };
  const waiter& b = ask();
  stage();
  const waiter& c = ask();
  BOOST_TEST(!p.receive(":1\r\n:2\r\n:3\r\ngarbage"));
  BOOST_TEST(a.completed == 1);
  BOOST_TEST(b.completed == 1);
  BOOST_TEST(b.error.value() == static_cast<int>(errc::unanswered));
  BOOST_TEST(c.completed == 1);
  BOOST_TEST(c.error.value() == static_cast<int>(errc::unavailable));
  BOOST_TEST(p.idle());
}

BOOST_FIXTURE_TEST_CASE(a_failed_completion_may_do_anything, pipeline_fixture) {
  waiter& a = ask();
  waiter& b = ask();
  waiter& c = ask();
  bool accepted = true;
  a.then = [&] {
    accepted = p.accepts(); // it is not known yet when there will be a new connection
    p.abandon(b);
    p.fail(); // again, from within
  };
  p.fail();
  BOOST_TEST(!accepted);
  BOOST_TEST(a.completed == 1);
  BOOST_TEST(b.completed == 0);
  BOOST_TEST(c.completed == 1);
  BOOST_TEST(p.accepts());
}

BOOST_FIXTURE_TEST_CASE(discarding_frees_without_completing, pipeline_fixture) {
  ask();
  stage();
  ask();
  p.discard();
  p.discard();
  for (const waiter& w : waiters) {
    BOOST_TEST(w.discarded == 1);
    BOOST_TEST(w.completed == 0);
  }
}

BOOST_AUTO_TEST_CASE(the_end_of_the_pipeline_frees_what_is_left) {
  waiter w;
  {
    pipeline p;
    p.push(w, {});
  }
  BOOST_TEST(w.discarded == 1);
  BOOST_TEST(w.completed == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
