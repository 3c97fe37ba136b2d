#include "store/base/errc.hpp"
#include "store/redis/connection.hpp"
#include "tests/store/redis/client.hpp"
#include "tests/support/gate.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>

using namespace invited::store;
using namespace invited::store::redis;
using namespace invited::test;
using namespace std::chrono_literals;

namespace {

bool is(const outcome& o, errc e) {
  return o.completed == 1 && o.error == make_error_code(e);
}

connection_settings impatient(const std::string& url) {
  connection_settings s = client::settings(url);
  s.timeout = 300ms;
  return s;
}

/// How a number of INCR calls ended, and what of it Redis may show.
struct outcome_count {
  long answered = 0, unanswered = 0, unavailable = 0;

  void count(const outcome& o) {
    BOOST_TEST_REQUIRE(o.completed == 1);
    if (o.ok())
      ++answered;
    else if (is(o, errc::unanswered))
      ++unanswered;
    else if (is(o, errc::unavailable))
      ++unavailable;
    else
      BOOST_ERROR("another error: " + o.error.message());
  }

  /// Everything answered happened, nothing happened twice, nothing unavailable happened.
  void check(long counter) const {
    BOOST_TEST(counter >= answered);
    BOOST_TEST(counter <= answered + unanswered);
  }
};

/// The counter's value, read when the connection is ready again.
long counter(client& c) {
  BOOST_TEST_REQUIRE(c.wait_ready());
  const outcome o = c.ask({"GET", "n"});
  BOOST_TEST_REQUIRE(o.ok());
  return o.shown == "nil" ? 0 : std::stol(o.shown.substr(1));
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
    // Some rounds end with nothing answered, some with a part.
    const std::size_t wanted = before + static_cast<std::size_t>(round) * 50;
    BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return round == 0 || c.outcomes[wanted].completed > 0; }));
    for (int i = 0; i < 300; ++i) c.call({"INCR", "n"});
    server.kill();
    BOOST_TEST_REQUIRE(c.wait_all_done());
    server.start();
    BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.connections == round + 2; }));
  }
  outcome_count t;
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
  BOOST_TEST((std::chrono::steady_clock::now() - begin >= 290ms)); // to a tick of coarse_clock
  BOOST_TEST(is(a, errc::unanswered));
  BOOST_TEST(is(b, errc::unanswered));
  BOOST_TEST((c.seen.last_error == boost::asio::error::timed_out));
  BOOST_TEST(c.seen.last_detail == "call");
  BOOST_TEST(is(c.ask({"INCR", "n"}), errc::unavailable)); // at once from now on
  // Its backlog still takes connections; the handshake has its time limit, too.
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 2; }));
  BOOST_TEST(c.seen.last_detail == "connect");
  server.thaw();
  outcome_count t;
  for (const outcome& o : c.outcomes) t.count(o);
  t.check(counter(c));
}

/// A Redis that answers the first call at half of its time limit, and whatever comes behind it too late. Two
/// batches are under way at a time, so of the late calls one has been sent at once, the others have waited
/// first. Whoever waits for a list's element stops its own connection alone: another one decides when Redis
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

  /// As a batch of its own, where as many may be under way.
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
  BOOST_TEST(c.seen.losses == 0); // nobody else's call failed
  go_on("second");
  go_on("third");
  BOOST_TEST(c.ask({"ECHO", "of this call"}).shown == "\"of this call\""); // behind the late replies
  BOOST_TEST(c.seen.losses == 0);
}

BOOST_FIXTURE_TEST_CASE(too_many_late_replies_end_the_connection, slow_but_alive) {
  for (int i = 0; i < 1100; ++i) c.call({"PING"}); // with the third batch
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

BOOST_AUTO_TEST_CASE(a_handshake_cut_at_many_places_is_begun_anew) {
  redis_server server;
  gate between(server.socket());
  {
    client whole(client::settings(between.url()));
    BOOST_TEST_REQUIRE(whole.wait_ready());
  }
  const std::size_t replies = between.replied() - 16; // INFO has numbers that grow and shrink
  const std::size_t requests = between.requested();
  for (std::size_t cut = 1; cut < replies; cut += cut < 20 ? 1 : 83) {
    BOOST_TEST_CONTEXT("cut after " << cut << " bytes of reply") {
      between.cut_after_reply(cut);
      client c(client::settings(between.url()));
      BOOST_TEST_REQUIRE(c.wait_ready());
      BOOST_TEST(c.seen.losses == 1);
      BOOST_TEST(c.ask({"PING"}).ok());
    }
  }
  for (std::size_t cut = 1; cut < requests; cut += cut < 20 ? 1 : 83) {
    BOOST_TEST_CONTEXT("cut after " << cut << " bytes of request") {
      between.cut_after_request(cut);
      client c(client::settings(between.url()));
      BOOST_TEST_REQUIRE(c.wait_ready());
      BOOST_TEST(c.seen.losses == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(replies_cut_after_every_byte_complete_each_call_once) {
  redis_server server;
  gate between(server.socket());
  client c(client::settings(between.url()));
  const std::string replies = "*2\r\n$3\r\nabc\r\n$-1\r\n$3\r\nabc\r\n+OK\r\n";
  const std::size_t ends[] = {18, 27, 32}; // of each reply
  BOOST_TEST_REQUIRE(c.wait_ready());
  c.ask({"SET", "k", "abc"});
  for (std::size_t cut = 1; cut <= replies.size(); ++cut) {
    BOOST_TEST_CONTEXT("cut after " << cut << " bytes") {
      BOOST_TEST_REQUIRE(c.wait_ready());
      const int losses = c.seen.losses;
      between.cut_after_reply(cut);
      const outcome* calls[] = {&c.call({"MGET", "k", "missing"}), &c.call({"GET", "k"}),
                                &c.call({"SET", "k", "abc"})};
      BOOST_TEST_REQUIRE(c.wait_all_done());
      for (std::size_t i = 0; i < 3; ++i) {
        if (ends[i] <= cut)
          BOOST_TEST(calls[i]->ok());
        else
          BOOST_TEST(is(*calls[i], errc::unanswered));
      }
      BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > losses; }));
    }
  }
  for (const outcome& o : c.outcomes) BOOST_TEST(o.completed == 1);
}

BOOST_AUTO_TEST_CASE(requests_cut_after_every_byte_are_never_sent_again) {
  redis_server server;
  gate between(server.socket());
  client c(client::settings(between.url()));
  outcome_count t;
  const std::string command = "*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n";
  for (std::size_t cut = 1; cut <= 3 * command.size(); ++cut) {
    BOOST_TEST_CONTEXT("cut after " << cut << " bytes") {
      BOOST_TEST_REQUIRE(c.wait_ready());
      const int losses = c.seen.losses;
      const std::size_t first = c.outcomes.size();
      between.cut_after_request(cut);
      for (int i = 0; i < 3; ++i) c.call({"INCR", "n"});
      BOOST_TEST_REQUIRE(c.wait_all_done());
      BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > losses; }));
      for (std::size_t i = first; i < c.outcomes.size(); ++i) t.count(c.outcomes[i]);
    }
  }
  BOOST_TEST(t.unavailable == 0);
  t.check(counter(c));
}

BOOST_AUTO_TEST_CASE(bytes_that_trickle_are_put_together) {
  redis_server server;
  gate between(server.socket());
  between.piece_size(1);
  client c(client::settings(between.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  const std::string value(1000, 'v');
  BOOST_TEST(c.ask({"SET", "k", value}).ok());
  BOOST_TEST(c.ask({"MGET", "k", "x", "k"}).shown == "[\"" + value + "\", nil, \"" + value + "\"]");
}

BOOST_AUTO_TEST_CASE(bytes_that_nobody_asked_for_end_the_connection) {
  redis_server server;
  gate between(server.socket());
  client c(client::settings(between.url()));
  const std::string_view cases[] = {"+OK\r\n", ":1\r\n", "HTTP/1.1 400 Bad Request\r\n", "$-7\r\n",
                                    "*1\r\n+x\r\n"};
  for (const std::string_view bytes : cases) {
    BOOST_TEST_CONTEXT(bytes) {
      BOOST_TEST_REQUIRE(c.wait_ready());
      const int losses = c.seen.losses;
      between.inject(std::string(bytes));
      BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > losses; }));
      BOOST_TEST((c.seen.last_error == make_error_code(errc::unexpected)));
      BOOST_TEST(!c.seen.last_detail.empty());
    }
  }
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(c.ask({"PING"}).shown == "+PONG");
}

BOOST_AUTO_TEST_CASE(somebody_who_takes_connections_and_says_nothing_is_given_up) {
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

BOOST_AUTO_TEST_CASE(a_name_that_does_not_resolve_and_a_port_nobody_has) {
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
      run_until(c.loop, [&] { return asked > 50'000 && c.seen.losses > 0; })); // no stack overflow
  server.start();
  BOOST_TEST(c.wait_ready());
}

BOOST_AUTO_TEST_SUITE_END()
