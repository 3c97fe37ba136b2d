// What leaves in one write, which reply belongs to which request, and the bounds.
#include "tests/store/redis/pipeline_fixture.hpp"

#include <string>

namespace invited::test {
namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(store_redis_pipeline)

BOOST_FIXTURE_TEST_CASE(everything_that_waits_goes_out_in_one_write, pipeline_fixture) {
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

BOOST_FIXTURE_TEST_CASE(a_third_batch_waits_for_the_last_reply_of_the_first, pipeline_fixture) {
  waiter& a = ask("a");
  ask("b");
  BOOST_TEST(stage() != "nothing");
  ask("c");
  BOOST_TEST(stage() != "nothing");
  BOOST_TEST(p.full()); // even if nothing waits
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

BOOST_AUTO_TEST_CASE(as_many_batches_as_configured) {
  for (const std::size_t most : {1U, 3U}) {
    pipeline_fixture f({.batches = most});
    for (std::size_t i = 0; i < most; ++i) {
      f.ask();
      BOOST_TEST(f.stage() == x);
    }
    f.ask();
    BOOST_TEST(f.stage() == "nothing");
  }
}

BOOST_FIXTURE_TEST_CASE(replies_complete_requests_in_order_across_writes, pipeline_fixture) {
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

BOOST_FIXTURE_TEST_CASE(a_redis_error_is_a_reply, pipeline_fixture) {
  const waiter& a = ask();
  stage();
  BOOST_TEST(!p.receive("-ERR no\r\n"));
  BOOST_TEST(a.shown == "-ERR no");
  BOOST_TEST(!a.error);
}

BOOST_FIXTURE_TEST_CASE(replies_cut_at_every_place, pipeline_fixture) {
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

BOOST_FIXTURE_TEST_CASE(a_completion_may_ask_again, pipeline_fixture) {
  waiter& a = ask("a");
  a.then = [this] {
    for (int i = 0; i < 200; ++i) ask("next"); // the ring grows during the loop that completes
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

BOOST_FIXTURE_TEST_CASE(the_oldest_decides_about_deadlines, pipeline_fixture) {
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
  pipeline_fixture f({.operations = 3, .bytes = 1000});
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
  pipeline_fixture f({.operations = 100, .bytes = 1000});
  f.ask(std::string(1000, 'x'));
  BOOST_TEST(!f.p.accepts());
  f.stage();
  BOOST_TEST(f.p.accepts());
}

BOOST_AUTO_TEST_CASE(buffers_are_used_again) {
  pipeline_fixture f;
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

} // namespace
} // namespace invited::test
