// A connection whose bytes are cut, come one by one, or do not come from Redis.
#include "tests/store/redis/incr_outcomes.hpp"
#include "tests/support/gate.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace invited::store;
using namespace invited::store::redis;
using namespace invited::test;

BOOST_AUTO_TEST_SUITE(store_redis_connection_cuts)

BOOST_AUTO_TEST_CASE(a_handshake_cut_at_many_places_starts_again) {
  redis_server server;
  gate between(server.socket());
  {
    client whole(client::settings(between.url()));
    BOOST_TEST_REQUIRE(whole.wait_ready());
  }
  const std::size_t replies = between.replied() - 16; // some numbers in INFO grow and shrink
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
  const std::size_t ends[] = {18, 27, 32}; // where each reply ends
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
  incr_outcomes t;
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

BOOST_AUTO_TEST_SUITE_END()
