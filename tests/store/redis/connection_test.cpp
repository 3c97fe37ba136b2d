#include "store/redis/connection.hpp"

#include "tests/store/redis/client.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace invited::store;
using namespace invited::store::redis;
using namespace invited::test;
using namespace std::chrono_literals;

namespace {

const script pair_of = {"pair", "return {KEYS[1], ARGV[1], #KEYS}",
                        "c2823644d6ad03256f3fe1053d39043a3a69a3f2", 1};

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_connection)

BOOST_AUTO_TEST_CASE(calls_and_their_replies) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST(!c.connection.ready());
  BOOST_TEST(!c.connection.why_not_ready().empty());
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(c.connection.why_not_ready() == "");
  BOOST_TEST(c.seen.connections == 1);
  BOOST_TEST(c.ask({"SET", "k", std::string("a\0\r\n", 4)}).shown == "+OK");
  BOOST_TEST(c.ask({"GET", "k"}).shown == std::string("\"a\0\r\n\"", 6));
  BOOST_TEST(c.ask({"GET", "missing"}).shown == "nil");
  BOOST_TEST(c.ask({"INCR", "n"}).shown == "1");
  BOOST_TEST(c.ask({"MGET", "n", "missing"}).shown == "[\"1\", nil]");
  const std::string large(300'000, 'x');
  BOOST_TEST(c.ask({"SET", "large", large}).ok());
  BOOST_TEST((c.ask({"GET", "large"}).shown == '"' + large + '"'));
  BOOST_TEST(c.ask({"CLIENT", "GETNAME"}).shown == "\"invited\"");
}

BOOST_AUTO_TEST_CASE(ping_says_whether_redis_answers) {
  redis_server server;
  client c(client::settings(server.url()));
  std::optional<boost::system::error_code> before, after;
  const auto ping = [](connection& to, std::optional<boost::system::error_code>& out) -> invited::task<void> {
    const result<void> r = co_await to.ping();
    out = r ? boost::system::error_code() : r.error();
  };
  c.calls.spawn(ping(c.connection, before));
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return before.has_value(); }));
  BOOST_TEST((*before == make_error_code(errc::unavailable)));
  BOOST_TEST_REQUIRE(c.wait_ready());
  c.calls.spawn(ping(c.connection, after));
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return after.has_value(); }));
  BOOST_TEST(!*after);
}

BOOST_AUTO_TEST_CASE(all_calls_of_a_turn_are_pipelined_and_answered_in_order) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  constexpr std::size_t many = 20'000;
  for (std::size_t i = 0; i < many; ++i) c.call({"INCR", "n"});
  BOOST_TEST_REQUIRE(c.wait_all_done());
  for (std::size_t i = 0; i < many; ++i) BOOST_TEST_REQUIRE(c.outcomes[i].shown == std::to_string(i + 1));
  // One read of Redis takes 16 KiB of commands or more. One read for each call would be twenty thousand.
  const std::string stats = server.command({"INFO", "stats"});
  const std::size_t at = stats.find("total_reads_processed:");
  BOOST_TEST_REQUIRE(at != std::string::npos);
  BOOST_TEST(std::stoul(stats.substr(at + 22)) < 1000u);
}

BOOST_AUTO_TEST_CASE(it_is_waited_for_only_while_nothing_more_can_leave) {
  redis_server server;
  client c(client::settings(server.url()));
  const auto waits = [&c](std::chrono::milliseconds at_most) { // for the whole time
    const auto begin = std::chrono::steady_clock::now();
    c.connection.wait_while_full(at_most);
    return std::chrono::steady_clock::now() - begin >= at_most;
  };
  BOOST_TEST(!waits(patience)); // not connected
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(!waits(patience));
  const outcome& first = c.call({"BLPOP", "list", "0"});
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.connection.counts().batches == 1; }));
  BOOST_TEST(!waits(patience));
  const outcome& second = c.call({"INCR", "n"});
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.connection.counts().batches == 2; }));
  BOOST_TEST(waits(50ms));
  server.command({"LPUSH", "list", "x"});
  BOOST_TEST(!waits(patience)); // until the reply arrives, which nobody has read yet
  BOOST_TEST(first.completed == 0);
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST(first.shown == "[\"list\", \"x\"]");
  BOOST_TEST(second.shown == "1");
  BOOST_TEST(!waits(patience));
  c.connection.stop();
  BOOST_TEST(!waits(patience));
}

BOOST_AUTO_TEST_CASE(is_bounded) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  server.freeze();
  for (int i = 0; i < 65'536 + 10; ++i) c.call({"INCR", "n"});
  const outcome& last = c.outcomes.back();
  BOOST_TEST_REQUIRE(c.wait_done(last));
  BOOST_TEST(is(last, errc::unavailable));
  BOOST_TEST(c.outcomes.front().completed == 0);
  server.thaw();
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST(c.outcomes[65'535].shown == "65536");
  BOOST_TEST(is(c.outcomes[65'536], errc::unavailable));
}

BOOST_AUTO_TEST_CASE(an_error_reply_is_refused_and_its_code_is_reported) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  c.ask({"SET", "k", "v"});
  BOOST_TEST(is(c.ask({"LPUSH", "k", "secret"}), errc::refused));
  BOOST_TEST(is(c.ask({"NOSUCHCOMMAND", "secret"}), errc::refused));
  const std::vector<std::string> codes = {"WRONGTYPE", "ERR"};
  BOOST_TEST(c.seen.codes == codes, boost::test_tools::per_element());
  BOOST_TEST(c.connection.ready()); // it goes on
  BOOST_TEST(c.ask({"GET", "k"}).ok());
  BOOST_TEST(c.seen.losses == 0);
}

BOOST_AUTO_TEST_CASE(scripts_run_by_hash_and_after_a_flush_by_source) {
  redis_server server;
  connection_settings s = client::settings(server.url());
  std::vector<script> known = {pair_of};
  s.scripts = known;
  client c(s);
  BOOST_REQUIRE_MESSAGE(c.wait_ready(), c.connection.why_not_ready());
  const outcome& first = c.run(pair_of, {"key"}, {"arg"});
  BOOST_TEST_REQUIRE(c.wait_done(first));
  BOOST_TEST(first.shown == R"(["key", "arg", 1])");
  BOOST_TEST(server.command({"INFO", "commandstats"}).find("cmdstat_eval:") == std::string::npos);

  server.command({"SCRIPT", "FLUSH"});
  const outcome &a = c.run(pair_of, {"key"}, {"a"}), &b = c.run(pair_of, {"key", "more"}, {"b"});
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST(a.shown == R"(["key", "a", 1])");
  BOOST_TEST(b.shown == R"(["key", "b", 2])");
  BOOST_TEST(c.seen.codes.empty()); // no caller was refused anything
  BOOST_TEST(server.command({"INFO", "commandstats"}).find("cmdstat_eval:") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_error_within_a_script_is_refused) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  // Redis says NOSCRIPT only if it does not know the script. The second script lies, once.
  const script wrong = {"wrong", "return redis.call('LPUSH', KEYS[1], 'x') + nothing", std::string_view(), 1};
  const script liar = {"liar", "return redis.error_reply('NOSCRIPT no')", std::string_view(), 0};
  const outcome& a = c.run(wrong, {"k"}, {});
  const outcome& b = c.run(liar, {}, {});
  BOOST_TEST_REQUIRE(c.wait_all_done());
  BOOST_TEST(is(a, errc::refused));
  BOOST_TEST(is(b, errc::refused));
  BOOST_TEST(c.seen.codes.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_call_whose_caller_is_destroyed_is_given_up_and_its_reply_goes_nowhere) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  server.freeze();
  outcome sent, unsent;
  background owner;
  owner.spawn(client::execute(c.connection, {"INCR", "n"}, sent));
  c.loop.restart();
  c.loop.poll();
  owner.spawn(client::execute(c.connection, {"INCR", "n"}, unsent));
  owner.destroy();
  const outcome& next = c.call({"INCR", "n"});
  server.thaw();
  BOOST_TEST_REQUIRE(c.wait_done(next));
  BOOST_TEST(next.shown == "3"); // not "1" or "2", which belong to the calls that are gone
  BOOST_TEST(sent.completed == 0);
  BOOST_TEST(unsent.completed == 0);
  BOOST_TEST(c.connection.ready());
}

BOOST_AUTO_TEST_CASE(stop_completes_what_is_under_way_and_is_final) {
  redis_server server;
  client c(client::settings(server.url()));
  BOOST_TEST_REQUIRE(c.wait_ready());
  server.freeze();
  const outcome& sent = c.call({"INCR", "n"});
  c.loop.restart();
  c.loop.poll();
  c.connection.stop();
  BOOST_TEST(is(sent, errc::unanswered));
  BOOST_TEST(c.connection.why_not_ready() == "stopped");
  c.connection.stop();
  BOOST_TEST(is(c.ask({"PING"}), errc::unavailable));
  c.loop.restart();
  c.loop.run_for(20s);
  BOOST_TEST(c.loop.stopped()); // nothing keeps the loop busy
  BOOST_TEST(c.seen.losses == 0);
  server.thaw();
}

BOOST_AUTO_TEST_CASE(stop_before_start_and_while_connecting) {
  redis_server server;
  client never(client::settings(server.url()), false);
  BOOST_TEST(is(never.ask({"PING"}), errc::unavailable));
  never.connection.stop();
  client early(client::settings(server.url()));
  early.connection.stop();
  early.loop.run_for(20s);
  BOOST_TEST(early.loop.stopped());
  BOOST_TEST(early.seen.connections == 0);
}

BOOST_AUTO_TEST_CASE(destroyed_with_calls_under_way_it_resumes_nobody) {
  redis_server server;
  outcome o;
  background callers; // outlive the connection
  {
    client c(client::settings(server.url()));
    BOOST_TEST_REQUIRE(c.wait_ready());
    server.freeze();
    callers.spawn(client::execute(c.connection, {"INCR", "n"}, o));
    c.loop.restart();
    c.loop.poll();
  }
  server.thaw();
  callers.destroy();
  BOOST_TEST(o.completed == 0); // and the leak checker finds nothing
}

BOOST_AUTO_TEST_SUITE_END()
