// What a watcher is told of each second.
#include "bench/generator/second_line.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::bench {
namespace {

using namespace std::chrono_literals;

struct seconds_of_a_run {
  steady::time_point start = steady::time_point(100s), zero = start + 1500ms;
  pulse one{start, zero}, two{start, zero};

  static answer status(unsigned code) { return {.status = code}; }

  std::vector<second> taken(const std::vector<pulse*>& from) {
    std::vector<second> out;
    while (std::optional<second> s = next_second(from)) out.push_back(*s);
    return out;
  }
};

BOOST_FIXTURE_TEST_SUITE(seconds_of_a_load, seconds_of_a_run)

BOOST_AUTO_TEST_CASE(seconds_begin_where_the_measured_time_does) {
  one.look(start + 3600ms);
  const std::vector<second> all = taken({&one});
  BOOST_REQUIRE(all.size() == 4U);
  BOOST_TEST((all[0].from == start && all[0].until == start + 500ms));
  BOOST_TEST((all[1].until == zero));
  BOOST_TEST((all[3].until == zero + 2s));
}

BOOST_AUTO_TEST_CASE(without_a_warm_up_the_first_second_is_whole) {
  pulse none(start, start);
  none.look(start + 1s);
  const std::vector<second> all = taken({&none});
  BOOST_REQUIRE(all.size() == 1U);
  BOOST_TEST((all[0].until == start + 1s));
}

BOOST_AUTO_TEST_CASE(a_request_under_way_is_in_flight) {
  one.sent(zero + 900ms);
  one.sent(zero + 950ms);
  one.ended(status(200), 60ms, zero + 960ms);
  one.ended(status(200), 1s, zero + 3500ms);
  one.close(zero + 3600ms);
  std::vector<second> all = taken({&one});
  all.erase(all.begin(), all.begin() + 2);
  BOOST_REQUIRE(all.size() == 4U);
  BOOST_TEST(all[0].sent == 2U);
  BOOST_TEST(all[0].answered == 1U);
  BOOST_TEST(all[0].in_flight == 1);
  BOOST_TEST(all[2].sent + all[2].answered == 0U);
  BOOST_TEST(all[2].in_flight == 1);
  BOOST_TEST(all[3].answered == 1U);
  BOOST_TEST(all[3].in_flight == 0);
  BOOST_TEST(one.is_over());
}

BOOST_AUTO_TEST_CASE(errors_are_counted_by_status_and_by_fate) {
  for (int i = 0; i < 6; ++i) one.sent(zero);
  for (const unsigned code : {200U, 429U, 429U, 503U}) one.ended(status(code), 1ms, zero + 1ms);
  one.ended({.what = fate::timed_out}, 1ms, zero + 1ms);
  one.ended(status(200), 1ms, zero + 1ms);
  one.wrong();
  one.close(zero + 2ms);
  const second s = taken({&one}).back();
  BOOST_TEST(s.answered == 5U);
  BOOST_TEST(s.wrong == 1U);
  const std::map<std::string, std::uint64_t> right = {{"429", 2}, {"503", 1}, {"timed_out", 1}};
  BOOST_TEST((s.errors == right));
}

BOOST_AUTO_TEST_CASE(a_second_is_told_when_all_threads_have_passed_it) {
  one.sent(zero);
  one.look(zero + 1s);
  BOOST_TEST(taken({&one, &two}).empty());
  two.sent(zero);
  BOOST_TEST(taken({&one, &two}).size() == 2U);
  two.look(zero + 1s);
  const std::vector<second> all = taken({&one, &two});
  BOOST_REQUIRE(all.size() == 1U);
  BOOST_TEST(all[0].sent == 2U);
}

BOOST_AUTO_TEST_CASE(a_thread_that_is_over_is_not_waited_for) {
  one.close(zero + 100ms);
  two.sent(zero + 1500ms);
  two.close(zero + 1600ms);
  const std::vector<second> all = taken({&one, &two});
  BOOST_TEST(all.size() == 4U);
  BOOST_TEST(all.back().sent == 1U);
}

BOOST_AUTO_TEST_CASE(a_quiet_rest_of_a_second_is_not_told) {
  one.close(zero + 100ms);
  BOOST_TEST(taken({&one}).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_line_names_its_phase_and_stage) {
  const figures::window when = {start, zero, zero + 5s, 1s};
  const std::vector<stage> stages = {{2500ms, 1}, {2500ms, 2}};
  const auto line = [&](steady::time_point from) {
    const std::string text = line_of({.from = from, .until = from + 1s}, when, stages, {});
    return text.substr(0, text.find(",\"sent"));
  };
  BOOST_TEST(line(zero - 1s) == R"({"t":0.0,"time":0.0,"phase":"warm up","stage":0)");
  BOOST_TEST(line(zero) == R"({"t":1.0,"time":0.0,"phase":"measure","stage":1)");
  BOOST_TEST(line(zero + 2s) == R"({"t":3.0,"time":0.0,"phase":"measure","stage":1)");
  BOOST_TEST(line(zero + 3s) == R"({"t":4.0,"time":0.0,"phase":"measure","stage":2)");
  BOOST_TEST(line(zero + 5s) == R"({"t":6.0,"time":0.0,"phase":"drain","stage":0)");
}

BOOST_AUTO_TEST_CASE(a_second_without_answers_has_no_latencies) {
  second s{.from = zero, .until = zero + 1s};
  s.sent = 3;
  s.in_flight = 3;
  const figures::window when = {start, zero, zero + 5s, 1s};
  BOOST_TEST(line_of(s, when, {}, std::chrono::system_clock::time_point(1500ms)) ==
             R"({"t":1.0,"time":1.5,"phase":"measure","stage":1,"sent":3,"answered":0,"wrong":0,"errors":{},)"
             R"("rate":0.0,"p50_us":null,"p99_us":null,"max_us":null,"in_flight":3})");
}

BOOST_AUTO_TEST_CASE(a_rate_is_of_the_time_that_there_was) {
  second s{.from = zero, .until = zero + 250ms};
  s.answered = 10;
  s.latency.add(2'000'000, 10);
  const std::string line = line_of(s, {start, zero, zero + 5s, 1s}, {}, {});
  BOOST_TEST(line.find(R"("rate":40.0,"p50_us":2000.0,"p99_us":2000.0,"max_us":2000.0)") != line.npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::bench
