#include "tests/store/redis/incr_outcomes.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace invited::store;
using namespace invited::store::redis;
using namespace invited::test;
using namespace std::chrono_literals;

namespace {

connection_settings impatient(const std::string& url) {
  connection_settings s = client::settings(url);
  s.timeout = 300ms;
  return s;
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_connection_faults)

BOOST_AUTO_TEST_CASE(a_redis_that_comes_late_is_found) {
  redis_server server(redis_server::not_started{}, strict_config);
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 2; }));
  BOOST_TEST(c.seen.last_detail == "connect");
  BOOST_TEST(is(c.ask({"PING"}), errc::unavailable));
  server.start();
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(c.ask({"PING"}).ok());
}

BOOST_AUTO_TEST_CASE(killed_and_restarted_under_calls_each_call_completes_exactly_once) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  for (int round = 0; round < 5; ++round) {
    const std::size_t before = c.outcomes.size();
    for (int i = 0; i < 300; ++i) c.call({"INCR", "n"});
    // Some rounds end with no call answered, others with some.
    const std::size_t wanted = before + static_cast<std::size_t>(round) * 50;
    BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return round == 0 || c.outcomes[wanted].completed > 0; }));
    for (int i = 0; i < 300; ++i) c.call({"INCR", "n"});
    server.kill();
    BOOST_TEST_REQUIRE(c.wait_all_done());
    server.start();
    BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.connections == round + 2; }));
  }
  incr_outcomes t;
  for (const outcome& o : c.outcomes) t.count(o);
  t.check(counter(c));
  BOOST_TEST(t.answered > 0);
  BOOST_TEST(t.answered + t.unanswered + t.unavailable == 3000);
}

BOOST_AUTO_TEST_CASE(a_frozen_redis_costs_a_call_its_time_limit_and_no_more) {
  redis_server server;
  client c(impatient(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  server.freeze();
  const auto begin = std::chrono::steady_clock::now();
  const outcome &a = c.call({"INCR", "n"}), &b = c.call({"INCR", "n"});
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST((std::chrono::steady_clock::now() - begin >= 300ms));
  BOOST_TEST(is(a, errc::unanswered));
  BOOST_TEST(is(b, errc::unanswered));
  BOOST_TEST((c.seen.last_error == boost::asio::error::timed_out));
  BOOST_TEST(c.seen.last_detail == "call");
  BOOST_TEST(is(c.ask({"INCR", "n"}), errc::unavailable)); // at once from now on
  // Its backlog still accepts connections. The handshake has a time limit, too.
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 2; }));
  BOOST_TEST(c.seen.last_detail == "connect");
  server.thaw();
  incr_outcomes t;
  for (const outcome& o : c.outcomes) t.count(o);
  t.check(counter(c));
}

/// A Redis that answers the first call after half of its time limit, and the calls behind it too late. Two
/// batches may be under way at a time, so one of the late calls was sent at once and the others waited. A
/// call that waits for a list's element blocks only its own connection. Another connection decides when Redis
/// goes on.
struct slow_but_alive {
  static constexpr auto timeout = 3s;

  static connection_settings settings(const std::string& url) {
    connection_settings s = client::settings(url);
    s.timeout = timeout;
    return s;
  }

  slow_but_alive() {
    BOOST_TEST_REQUIRE(c.wait_ready());
    BOOST_TEST_REQUIRE(other.wait_ready());
    for (const char* list : {"first", "second", "third"}) send({"BLPOP", list, "0"});
  }

  /// As a batch of its own, if one more may be under way.
  void send(std::vector<std::string> args) {
    c.call(std::move(args));
    c.loop.restart();
    c.loop.poll();
  }

  void answer_the_first_only() {
    BOOST_TEST_REQUIRE(
        run_until(c.loop, [&] { return std::chrono::steady_clock::now() - begin > timeout / 2; }));
    go_on("first");
    BOOST_TEST_REQUIRE(c.wait_all_done());
  }

  void go_on(const char* list) { BOOST_TEST_REQUIRE(other.ask({"RPUSH", list, "go on"}).ok()); }

  redis_server server;
  client c{settings(server.url())}, other{client::settings(server.url())};
  const std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
};

BOOST_FIXTURE_TEST_CASE(a_slow_redis_that_answers_costs_the_late_calls_alone, slow_but_alive) {
  answer_the_first_only();
  BOOST_TEST(c.outcomes[0].ok());
  BOOST_TEST(is(c.outcomes[1], errc::unanswered));
  BOOST_TEST(is(c.outcomes[2], errc::unanswered));
  BOOST_TEST(c.seen.losses == 0); // no other call failed
  go_on("second");
  go_on("third");
  BOOST_TEST(c.ask({"ECHO", "of this call"}).shown == "\"of this call\""); // behind the late replies
  BOOST_TEST(c.seen.losses == 0);
}

BOOST_FIXTURE_TEST_CASE(too_many_late_replies_end_the_connection, slow_but_alive) {
  for (int i = 0; i < 1100; ++i) c.call({"PING"}); // these leave in the third batch
  answer_the_first_only();
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 0; }));
  BOOST_TEST(c.seen.last_detail.find("too late") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_waits_behind_a_stuck_write_was_not_sent) {
  redis_server server;
  client c(impatient(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  server.freeze();
  const outcome& large = c.call({"SET", "k", std::string(8 << 20, 'x')});
  c.loop.restart();
  c.loop.poll();
  const outcome& small = c.call({"INCR", "n"});
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST(is(large, errc::unanswered));
  BOOST_TEST(is(small, errc::unavailable));
  server.thaw();
  BOOST_TEST(counter(c) == 0);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_has_no_deadline) {
  redis_server server;
  client c(impatient(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  c.loop.restart();
  c.loop.run_for(700ms); // more than two time limits
  BOOST_TEST(c.connection.ready());
  BOOST_TEST(c.seen.losses == 0);
  BOOST_TEST(c.ask({"PING"}).ok());
}

BOOST_AUTO_TEST_CASE(a_server_that_takes_connections_and_says_nothing_is_given_up) {
  boost::asio::io_context unused;
  const boost::asio::ip::tcp::endpoint any(boost::asio::ip::address_v4::loopback(), 0);
  boost::asio::ip::tcp::acceptor silent(unused, any);
  for (const std::string scheme : {"redis", "rediss"}) {
    BOOST_TEST_CONTEXT(scheme) {
      client c(impatient(scheme + "://127.0.0.1:" + std::to_string(silent.local_endpoint().port())));
      BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 1; }));
      BOOST_TEST((c.seen.last_error == boost::asio::error::timed_out));
      BOOST_TEST(c.connection.why_not_ready().find("connect: ") == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_resolve_and_a_closed_port) {
  const std::string nobody = "redis://127.0.0.1:" + std::to_string(redis_server::free_port());
  for (const std::string& url :
       {nobody, std::string("redis://name.invalid"), std::string("unix:///no/such/socket")}) {
    BOOST_TEST_CONTEXT(url) {
      client c(client::settings(url));
      BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 0; }));
      BOOST_TEST(c.seen.last_error.failed());
      BOOST_TEST(c.seen.last_detail == "connect");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_caller_may_stop_the_connection_when_its_reply_comes) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  outcome first;
  const auto ask_and_stop = [](connection& to, outcome& o) -> invited::task<void> {
    const std::string_view args[] = {"INCR", "n"};
    const result<reply> r = co_await to.execute(args);
    client::note(r, o);
    to.stop();
  };
  c.calls.spawn(ask_and_stop(c.connection, first));
  const outcome& second = c.call({"INCR", "n"});
  BOOST_TEST_REQUIRE(c.wait_done(second));
  BOOST_TEST(first.shown == "1");
  BOOST_TEST(is(second, errc::unanswered)); // its reply lay behind the first one's
  c.loop.restart();
  c.loop.run_for(20s);
  BOOST_TEST(c.loop.stopped());
}

BOOST_AUTO_TEST_CASE(callers_that_ask_again_at_once_do_not_keep_a_lost_connection_busy) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  int asked = 0;
  const auto insist = [](connection& to, int& n) -> invited::task<void> {
    const std::string_view args[] = {"INCR", "n"};
    while (n < 100'000) {
      ++n;
      const result<reply> r = co_await to.execute(args);
      if (!r && n > 50'000) break;
    }
  };
  c.calls.spawn(insist(c.connection, asked));
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return asked > 100; }));
  server.kill();
  BOOST_TEST_REQUIRE(
      run_until(c.loop, [&] { return asked > 50'000 && c.seen.losses > 0; })); // without a stack overflow
  server.start();
  BOOST_TEST(c.wait_ready());
}

BOOST_AUTO_TEST_SUITE_END()
