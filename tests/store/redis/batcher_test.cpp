#include "store/redis/batcher.hpp"

#include "store/base/script_number.hpp"
#include "tests/store/redis/client.hpp"
#include "tests/support/gate.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace invited::test {
namespace {

using store::errc;

/// Answers each call with how many came together and with its word. A call of another day than ARGV[1]'s '7'
/// says so; one that says 'bad' makes Redis refuse them all; one that says 'short' takes an answer away.
/// Redis does not know it by its hash, so each batch is written twice.
const store::script many = {"many",
                            "if ARGV[1] ~= '7' then return {'day', 7} end "
                            "redis.call('RPUSH', KEYS[1], #ARGV - 1) "
                            "local out = {} "
                            "for i = 2, #ARGV do "
                            "if ARGV[i] == 'bad' then return redis.error_reply('ERR broken') end "
                            "if ARGV[i] ~= 'short' then out[#out + 1] = (#ARGV - 1) .. ARGV[i] end end "
                            "return #ARGV == 2 and out[1] or out",
                            "unknown", 1};

class worded_call final : public store::redis::batched_call {
public:
  worded_call(std::string way, std::string word) : way_(std::move(way)), word_(std::move(word)) {}

  static const store::script& text() { return many; }
  std::size_t lane() const { return 0; } // all in one, so that going together is asked for each
  bool goes_with(const worded_call& other) const { return way_ == other.way_; }
  bool meets(const worded_call& other) const { return word_ == other.word_; }
  static void write(store::redis::script_writer& to, std::span<const worded_call* const> calls,
                    std::int64_t today) {
    to.begin(1, 1 + calls.size());
    to.add("log");
    to.add(store::script_number(today));
    for (const worded_call* call : calls) to.add(call->word_);
  }

private:
  std::string way_, word_;
};

using batcher = store::redis::batcher_of<worded_call>;

/// One call in a frame that a test can destroy.
struct caller {
  task<void> run(batcher& by, std::string way, std::string word) {
    worded_call call(std::move(way), std::move(word));
    const store::result<store::redis::node> found = co_await by.send(call);
    ++ended;
    if (found)
      answer = std::string(found->text());
    else
      error = found.error();
  }

  int ended = 0;
  std::string answer{};
  boost::system::error_code error{};
  task<void> running{};
};

struct batches {
  explicit batches(std::size_t most = store::redis::largest_batch) : c(settings(most)) {
    BOOST_REQUIRE_MESSAGE(c.wait_ready(), c.connection.why_not_ready());
    by = std::make_unique<batcher>(c.connection, today);
  }

  store::redis::connection_settings settings(std::size_t most) const {
    store::redis::connection_settings s = client::settings(between.url());
    s.batch = most;
    return s;
  }

  caller& start(const std::string& word, const std::string& way = "a") {
    callers.push_back(std::make_unique<caller>());
    caller& next = *callers.back();
    next.running = next.run(*by, way, word);
    static_cast<void>(next.running.start([](void*) {}, nullptr));
    return next;
  }

  /// Starts one call for each word, all in one turn.
  void start_all(const std::vector<std::string>& words) {
    const turn::scope now(c.end_of_turn);
    for (const std::string& word : words) start(word);
  }

  [[nodiscard]] bool wait() {
    return run_until(c.loop, [this] {
      return std::ranges::all_of(callers, [](const auto& each) { return !each || each->ended > 0; });
    });
  }

  /// All answers, with '!' for a refused call and '?' for a reply that was not understood.
  std::string answers() {
    BOOST_TEST(wait());
    std::string all;
    for (const auto& each : callers) {
      if (!each) continue;
      BOOST_TEST(each->ended == 1);
      all += all.empty() ? "" : " ";
      all += each->error == make_error_code(errc::refused)      ? "!"
             : each->error == make_error_code(errc::unexpected) ? "?"
             : each->error                                      ? each->error.message()
                                                                : each->answer;
    }
    return all;
  }

  redis_server server;
  gate between{server.socket()};
  std::int64_t today = 7;
  client c;
  std::vector<std::unique_ptr<caller>> callers;
  std::unique_ptr<batcher> by;
};

struct batches_of_two : batches {
  batches_of_two() : batches(2) {}
};
struct batches_of_none : batches {
  batches_of_none() : batches(0) {}
};

BOOST_AUTO_TEST_SUITE(store_redis_batcher)

BOOST_FIXTURE_TEST_CASE(calls_of_a_turn_leave_together, batches) {
  start_all({"x", "y", "z"});
  BOOST_TEST(answers() == "3x 3y 3z");
  BOOST_TEST(server.command({"LLEN", "log"}) == ":1\r\n");
}

BOOST_FIXTURE_TEST_CASE(a_call_outside_of_a_turn_waits_for_nobody, batches) {
  start("x");
  start("y");
  BOOST_TEST(answers() == "1x 1y");
}

BOOST_FIXTURE_TEST_CASE(no_more_go_together_than_may, batches_of_two) {
  start_all({"a", "b", "c", "d", "e"});
  BOOST_TEST(answers() == "2a 2b 2c 2d 1e");
}

BOOST_FIXTURE_TEST_CASE(without_batches_each_leaves_by_itself, batches_of_none) {
  start_all({"a", "b"});
  BOOST_TEST(answers() == "1a 1b");
}

BOOST_FIXTURE_TEST_CASE(a_hundred_go_in_full_batches, batches) {
  {
    const turn::scope now(c.end_of_turn);
    for (int i = 0; i < 100; ++i) start("w" + std::to_string(i));
  }
  answers();
  BOOST_TEST(server.command({"LRANGE", "log", "0", "-1"}) ==
             "*4\r\n$2\r\n32\r\n$2\r\n32\r\n$2\r\n32\r\n$1\r\n4\r\n");
}

BOOST_FIXTURE_TEST_CASE(whatever_goes_another_way_leaves_apart, batches) {
  {
    const turn::scope now(c.end_of_turn);
    start("x", "a");
    start("y", "b");
    start("z", "b");
  }
  BOOST_TEST(answers() == "1x 2y 2z");
}

BOOST_FIXTURE_TEST_CASE(calls_about_one_thing_leave_one_after_the_other, batches) {
  start_all({"x", "x", "y", "x"});
  BOOST_TEST(answers() == "1x 2x 2y 1x");
  BOOST_TEST(server.command({"LRANGE", "log", "0", "-1"}) == "*3\r\n$1\r\n1\r\n$1\r\n2\r\n$1\r\n1\r\n");
}

BOOST_FIXTURE_TEST_CASE(a_refused_batch_goes_one_by_one, batches) {
  start_all({"x", "bad", "y"});
  BOOST_TEST(answers() == "1x ! 1y");
}

BOOST_FIXTURE_TEST_CASE(a_refused_call_alone_is_not_repeated, batches) {
  start("bad");
  BOOST_TEST(answers() == "!");
  BOOST_TEST(server.command({"LLEN", "log"}) == ":1\r\n");
}

BOOST_FIXTURE_TEST_CASE(a_reply_with_too_few_answers_answers_nobody, batches) {
  start_all({"x", "short", "y"});
  BOOST_TEST(answers() == "? ? ?");
}

BOOST_FIXTURE_TEST_CASE(another_day_is_asked_again_for_all, batches) {
  today = 6;
  start_all({"x", "y"});
  BOOST_TEST(answers() == "2x 2y");
  BOOST_TEST(today == 7);
}

BOOST_FIXTURE_TEST_CASE(whoever_goes_before_the_turn_ends_is_not_sent, batches) {
  {
    const turn::scope now(c.end_of_turn);
    start("x");
    start("y");
    callers[0].reset();
  }
  BOOST_TEST(answers() == "1y");
  {
    const turn::scope now(c.end_of_turn);
    start("z");
    callers.back().reset();
  }
  BOOST_TEST(c.ask({"LLEN", "log"}).shown == "1");
}

BOOST_FIXTURE_TEST_CASE(whoever_goes_while_it_waits_takes_nobodys_answer, batches) {
  start_all({"x", "y", "z"}); // by its hash, and then again by its source, without y
  callers[1].reset();
  BOOST_TEST(answers() == "2x 2z");
}

BOOST_FIXTURE_TEST_CASE(a_batch_that_everybody_left_is_given_up, batches) {
  start_all({"x", "y"});
  callers.clear();
  start("z");
  BOOST_TEST(answers() == "1z");
}

/// Ends the first caller's neighbour as soon as the first one is resumed.
struct impatient {
  task<void> run(batcher& by, std::unique_ptr<caller>& neighbour) {
    worded_call call("a", "first");
    static_cast<void>(co_await by.send(call));
    neighbour.reset();
    ended = true;
  }
  bool ended = false;
};

BOOST_FIXTURE_TEST_CASE(an_answer_may_end_the_next_caller, batches) {
  impatient first;
  task<void> running;
  {
    const turn::scope now(c.end_of_turn);
    running = first.run(*by, callers.emplace_back(nullptr));
    static_cast<void>(running.start([](void*) {}, nullptr));
    callers[0] = std::make_unique<caller>();
    callers[0]->running = callers[0]->run(*by, "a", "second");
    static_cast<void>(callers[0]->running.start([](void*) {}, nullptr));
  }
  BOOST_TEST(run_until(c.loop, [&] { return first.ended; }));
  BOOST_TEST(!callers[0]);
}

BOOST_FIXTURE_TEST_CASE(without_a_connection_all_fail_at_once, batches) {
  c.connection.stop();
  start_all({"x", "y"});
  start("z");
  for (const auto& each : callers) {
    BOOST_TEST(each->ended == 1);
    BOOST_TEST(each->error == make_error_code(errc::unavailable));
  }
}

BOOST_FIXTURE_TEST_CASE(a_cut_connection_leaves_all_unanswered, batches) {
  server.freeze();
  start_all({"x", "y"});
  between.cut_all();
  BOOST_TEST(wait());
  for (const auto& each : callers) BOOST_TEST(each->error == make_error_code(errc::unanswered));
  server.thaw();
}

BOOST_FIXTURE_TEST_CASE(the_batcher_may_go_before_its_callers, batches) {
  server.freeze();
  start_all({"x", "y"});
  by.reset();
  callers.clear();
  server.thaw();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
