#include "store/redis/pipeline.hpp"

#include "store/base/errc.hpp"
#include "tests/store/redis/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <functional>
#include <string>
#include <vector>

using namespace invited::store::redis;
using namespace std::chrono_literals;
using invited::store::errc;
using invited::test::show;

namespace {

/// Records its result, and may do something then.
struct waiter final : operation {
  void complete(boost::system::error_code ec, reply&& r) override {
    ++completed;
    error = ec;
    shown = show(r);
    if (then) then();
  }
  void discard() noexcept override { ++discarded; }

  int completed = 0, discarded = 0;
  boost::system::error_code error;
  std::string shown;
  std::function<void()> then;
};

struct fixture {
  explicit fixture(pipeline_limits limits = {}) : p(limits, {.bytes = 4096, .values = 100}) {}

  waiter& ask(std::string_view what = "x") {
    waiter& w = waiters.emplace_back();
    resp_writer command = p.encoder();
    command.begin(1);
    command.arg(what);
    p.push(w, now);
    return w;
  }

  std::string stage() {
    out = "rest of the last write";
    return p.stage(out) ? out : "nothing";
  }

  std::deque<waiter> waiters; ///< before the pipeline, which discards what is left
  time_point now{};
  std::string out;
  pipeline p;
};

constexpr std::string_view x = "*1\r\n$1\r\nx\r\n";

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_pipeline)

BOOST_FIXTURE_TEST_CASE(everything_that_waits_goes_out_in_one_write, fixture) {
  BOOST_TEST(stage() == "nothing");
  ask("a");
  ask("b");
  BOOST_TEST(p.size() == 2u);
  BOOST_TEST(p.all_answered());
  BOOST_TEST(!p.idle());
  BOOST_TEST(stage() == "*1\r\n$1\r\na\r\n*1\r\n$1\r\nb\r\n");
  BOOST_TEST(stage() == "nothing");
  BOOST_TEST(out == "rest of the last write"); // untouched
  ask("c");
  BOOST_TEST(stage() == "*1\r\n$1\r\nc\r\n");
  BOOST_TEST(!p.all_answered());
}

BOOST_FIXTURE_TEST_CASE(a_third_batch_waits_for_the_last_reply_of_the_first, fixture) {
  waiter& a = ask("a");
  ask("b");
  BOOST_TEST(stage() != "nothing");
  ask("c");
  BOOST_TEST(stage() != "nothing");
  BOOST_TEST(p.full()); // also while nothing waits
  ask("d");
  BOOST_TEST(p.waiting());
  BOOST_TEST(stage() == "nothing");
  BOOST_TEST(!p.receive("+A\r\n+"));
  BOOST_TEST(a.completed == 1);
  BOOST_TEST(stage() == "nothing");
  ask("e");
  BOOST_TEST(p.full());
  BOOST_TEST(!p.receive("B\r\n"));
  BOOST_TEST(!p.full());
  BOOST_TEST(stage() == "*1\r\n$1\r\nd\r\n*1\r\n$1\r\ne\r\n");
  BOOST_TEST(!p.waiting());
  ask("f");
  BOOST_TEST(stage() == "nothing"); // c and d with e are under way
  BOOST_TEST(!p.receive("+C\r\n"));
  BOOST_TEST(stage() == "*1\r\n$1\r\nf\r\n");
}

BOOST_FIXTURE_TEST_CASE(a_lost_connection_leaves_no_batch_under_way, fixture) {
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

BOOST_AUTO_TEST_CASE(as_many_batches_as_it_is_told) {
  for (const std::size_t most : {1U, 3U}) {
    fixture f({.batches = most});
    for (std::size_t i = 0; i < most; ++i) {
      f.ask();
      BOOST_TEST(f.stage() == x);
    }
    f.ask();
    BOOST_TEST(f.stage() == "nothing");
  }
}

BOOST_FIXTURE_TEST_CASE(replies_complete_requests_in_order_across_writes, fixture) {
  waiter &a = ask(), &b = ask();
  stage();
  waiter& c = ask();
  BOOST_TEST(!p.receive(":1\r\n"));
  BOOST_TEST(a.shown == "1");
  BOOST_TEST(b.completed == 0);
  stage(); // c's write
  BOOST_TEST(!p.receive(":2\r\n:3\r\n"));
  BOOST_TEST(b.shown == "2");
  BOOST_TEST(c.shown == "3");
  BOOST_TEST(!a.error);
  BOOST_TEST(p.idle());
  BOOST_TEST(p.all_answered());
  for (const waiter& w : waiters) BOOST_TEST(w.completed == 1);
}

BOOST_FIXTURE_TEST_CASE(a_redis_error_is_a_reply, fixture) {
  const waiter& a = ask();
  stage();
  BOOST_TEST(!p.receive("-ERR no\r\n"));
  BOOST_TEST(a.shown == "-ERR no");
  BOOST_TEST(!a.error);
}

BOOST_FIXTURE_TEST_CASE(replies_cut_at_every_place, fixture) {
  const std::string replies = "*2\r\n:1\r\n$1\r\na\r\n+OK\r\n$-1\r\n";
  for (std::size_t cut = 0; cut <= replies.size(); ++cut) {
    BOOST_TEST_CONTEXT("cut after " << cut) {
      const waiter &a = ask(), &b = ask(), &c = ask();
      stage();
      BOOST_TEST(!p.receive(replies.substr(0, cut)));
      BOOST_TEST(!p.receive(replies.substr(cut)));
      BOOST_TEST(a.shown == "[1, \"a\"]");
      BOOST_TEST(b.shown == "+OK");
      BOOST_TEST(c.shown == "nil");
      BOOST_TEST(p.idle());
    }
  }
}

/// The connection breaks at every step of one exchange: requests 0 and 1 sent, 2 staged, 3 waiting.
BOOST_AUTO_TEST_CASE(failure_at_every_step_completes_each_exactly_once) {
  constexpr auto none = errc{};
  const struct {
    int steps;
    std::vector<errc> errors; ///< of the requests made by then
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
      fixture f;
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
      // As new: nothing of the old connection is left, neither to send nor half read.
      BOOST_TEST(f.p.idle());
      BOOST_TEST(f.stage() == "nothing");
      const waiter& next = f.ask();
      BOOST_TEST(f.stage() == x);
      BOOST_TEST(!f.p.receive("+new\r\n"));
      BOOST_TEST(next.shown == "+new");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_reply_nobody_asked_for_breaks_the_connection, fixture) {
  BOOST_TEST((p.receive("+OK\r\n") == make_error_code(errc::unexpected)));
  BOOST_TEST(p.protocol_error() == "a reply without a request");
  p.fail();
  ask(); // waits: it has not been sent, so this cannot be its reply
  BOOST_TEST((p.receive("+OK\r\n") == make_error_code(errc::unexpected)));
  p.fail();
  BOOST_TEST(waiters[0].error.value() == static_cast<int>(errc::unavailable));
  const waiter& a = ask();
  stage();
  BOOST_TEST((p.receive("+mine\r\n+OK\r\n") == make_error_code(errc::unexpected)));
  BOOST_TEST(a.shown == "+mine");
}

BOOST_FIXTURE_TEST_CASE(garbage_breaks_the_connection, fixture) {
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

BOOST_FIXTURE_TEST_CASE(an_abandoned_request_has_its_reply_swallowed, fixture) {
  waiter &a = ask("a"), &b = ask("b"), &c = ask("c");
  p.abandon(a); // not sent yet: it goes out all the same, nothing is taken back
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

BOOST_FIXTURE_TEST_CASE(a_late_request_fails_alone_and_its_reply_is_swallowed, fixture) {
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
  BOOST_TEST(c.shown == "3"); // and no other's
  BOOST_TEST(p.abandoned() == 0u);
  BOOST_TEST(p.idle());
}

BOOST_FIXTURE_TEST_CASE(what_was_late_before_it_was_sent_keeps_its_place, fixture) {
  waiter& a = ask("a");
  p.expire(now);
  BOOST_TEST(a.error.value() == static_cast<int>(errc::unanswered)); // it still goes out
  waiter& b = ask("b");
  BOOST_TEST(stage() == "*1\r\n$1\r\na\r\n*1\r\n$1\r\nb\r\n");
  BOOST_TEST(!p.receive(":1\r\n:2\r\n"));
  BOOST_TEST(b.shown == "2");
  BOOST_TEST(a.completed == 1);
}

BOOST_FIXTURE_TEST_CASE(a_late_ones_completion_may_do_anything, fixture) {
  waiter &a = ask("a"), &b = ask("b"), &c = ask("c");
  stage();
  a.then = [&] {
    p.abandon(b);
    for (int i = 0; i < 200; ++i) ask("next"); // the ring grows under the loop
  };
  p.expire(now);
  BOOST_TEST(a.completed + c.completed == 2);
  BOOST_TEST(b.completed == 0);
  BOOST_TEST(p.abandoned() == 203u); // the new ones had the same time
  waiter& d = ask("d");
  d.then = [this] { p.fail(); };
  waiter& e = ask("e");
  p.expire(now);
  BOOST_TEST(d.completed == 1);
  BOOST_TEST(e.completed == 1);
  BOOST_TEST(p.idle());
  BOOST_TEST(p.abandoned() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_completion_may_ask_again, fixture) {
  waiter& a = ask("a");
  a.then = [this] {
    for (int i = 0; i < 200; ++i) ask("next"); // the ring grows under the loop that completes
  };
  waiter& b = ask("b");
  stage();
  BOOST_TEST(!p.receive(":1\r\n:2\r\n"));
  BOOST_TEST(b.shown == "2");
  BOOST_TEST(p.size() == 200u);
  stage();
  std::string replies;
  for (int i = 0; i < 200; ++i) replies += ":" + std::to_string(i) + "\r\n";
  BOOST_TEST(!p.receive(replies));
  for (int i = 0; i < 200; ++i)
    BOOST_TEST(waiters[static_cast<std::size_t>(i) + 2].shown == std::to_string(i));
}

BOOST_FIXTURE_TEST_CASE(a_completion_may_give_the_connection_up, fixture) {
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

BOOST_FIXTURE_TEST_CASE(a_failed_completion_may_do_anything, fixture) {
  waiter& a = ask();
  waiter& b = ask();
  waiter& c = ask();
  bool accepted = true;
  a.then = [&] {
    accepted = p.accepts(); // nobody knows yet when there is a new connection
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

BOOST_FIXTURE_TEST_CASE(discarding_frees_without_completing, fixture) {
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

BOOST_FIXTURE_TEST_CASE(the_oldest_decides_about_deadlines, fixture) {
  BOOST_TEST(!p.oldest().has_value());
  now = time_point(1s);
  waiter& a = ask();
  now = time_point(2s);
  ask();
  BOOST_TEST((p.oldest() == time_point(1s)));
  stage();
  p.abandon(a); // its reply is still due
  BOOST_TEST((p.oldest() == time_point(1s)));
  BOOST_TEST(!p.receive(":1\r\n"));
  BOOST_TEST((p.oldest() == time_point(2s)));
  BOOST_TEST(!p.receive(":1\r\n"));
  BOOST_TEST(!p.oldest().has_value());
}

BOOST_AUTO_TEST_CASE(is_bounded_by_number) {
  fixture f({.operations = 3, .bytes = 1000});
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(f.p.accepts());
    f.ask();
  }
  BOOST_TEST(!f.p.accepts());
  f.stage();
  BOOST_TEST(!f.p.accepts()); // a Redis that does not answer fills it, too
  BOOST_TEST(!f.p.receive(":1\r\n"));
  BOOST_TEST(f.p.accepts());
}

BOOST_AUTO_TEST_CASE(is_bounded_by_bytes) {
  fixture f({.operations = 100, .bytes = 1000});
  f.ask(std::string(1000, 'x'));
  BOOST_TEST(!f.p.accepts());
  f.stage();
  BOOST_TEST(f.p.accepts());
}

BOOST_AUTO_TEST_CASE(buffers_are_used_again) {
  fixture f;
  std::string buffer;
  const char* seen[4] = {};
  for (int i = 0; i < 4; ++i) {
    f.ask(std::string(500, 'x'));
    BOOST_TEST(f.p.stage(buffer));
    seen[i] = buffer.data();
    BOOST_TEST(!f.p.receive("+OK\r\n"));
  }
  BOOST_TEST((seen[2] == seen[0]));
  BOOST_TEST((seen[3] == seen[1]));
}

BOOST_AUTO_TEST_SUITE_END()
