// What is measured, and what is left out.
#include "bench/generator/figures.hpp"
#include "bench/generator/verdict.hpp"
#include "bench/scenarios/zipf.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::bench {
namespace {

using namespace std::chrono_literals;

struct run_of_figures {
  steady::time_point start = steady::time_point(100s);
  figures numbers = made();

  figures made() const {
    figures f(2);
    f.when = {start, start + 2s, start + 12s, 1s};
    return f;
  }
  static answer status(unsigned code) { return {.status = code}; }
};

BOOST_FIXTURE_TEST_SUITE(measured_figures, run_of_figures)

BOOST_AUTO_TEST_CASE(latency_counts_from_the_intended_start) {
  numbers.note(0, status(200), start + 3s, start + 5s, start + 6s);
  BOOST_TEST(numbers.ops[0].latency.max() == 3'000'000'000U);
  BOOST_TEST(numbers.ops[0].service.max() == 1'000'000'000U);
  BOOST_TEST(numbers.all.count() == 1U);
}

BOOST_AUTO_TEST_CASE(the_warm_up_is_not_measured_but_drawn) {
  BOOST_TEST(!numbers.note(0, status(200), start + 1s, start + 1s, start + 1500ms));
  BOOST_TEST(numbers.ops[0].latency.count() == 0U);
  BOOST_TEST(numbers.completed == 0U);
  BOOST_TEST(numbers.timeline.at(1).good == 1U);
}

BOOST_AUTO_TEST_CASE(a_late_answer_has_its_latency_but_is_no_throughput) {
  BOOST_TEST(numbers.note(0, status(200), start + 11s, start + 11s, start + 13s));
  BOOST_TEST(numbers.ops[0].latency.count() == 1U);
  BOOST_TEST(numbers.completed == 0U);
}

BOOST_AUTO_TEST_CASE(every_status_and_failure_is_counted) {
  for (const unsigned code : {200U, 200U, 429U, 503U})
    numbers.note(1, status(code), start + 3s, start + 3s, start + 4s);
  numbers.note(1, {.what = fate::timed_out}, start + 3s, start + 3s, start + 5s);
  const op_figures& f = numbers.ops[1];
  BOOST_TEST(f.statuses.at(200) == 2U);
  BOOST_TEST(f.statuses.at(429) == 1U);
  BOOST_TEST(f.statuses.at(503) == 1U);
  BOOST_TEST(f.failed() == 1U);
  BOOST_TEST(numbers.completed == 4U);
  BOOST_TEST(numbers.timeline.at(4).bad == 2U);
  BOOST_TEST(numbers.timeline.at(5).bad == 1U);
}

BOOST_AUTO_TEST_CASE(what_was_never_sent_has_waited_all_the_same) {
  numbers.note_unsent(start + 4s, start + 14s);
  BOOST_TEST(numbers.unsent == 1U);
  BOOST_TEST(numbers.all.max() == 10'000'000'000U);
}

BOOST_AUTO_TEST_CASE(a_backlog_that_is_worked_off_later_is_no_throughput) {
  numbers.note_journey(start + 11s, start + 11500ms);
  numbers.note_journey(start + 11s, start + 13s); // too late
  numbers.note_journey(start + 1s, start + 3s);   // begun in the warm-up: makes up for it
  BOOST_TEST(numbers.iterations == 2U);
  BOOST_TEST(numbers.journeys.count() == 2U);
}

BOOST_AUTO_TEST_CASE(a_request_belongs_to_the_stage_in_which_it_was_due) {
  numbers.divide({{3s, 1}, {7s, 2}}); // from the end of the warm-up, at 2 s
  numbers.note(0, status(200), start + 1s, start + 1s,
               start + 4s); // due in the warm-up, answered in the first
  numbers.note(1, status(200), start + 4s, start + 4s,
               start + 6s); // due in the first, answered in the second
  numbers.note(0, status(503), start + 5s, start + 5s, start + 5500ms);
  numbers.refuse(0, start + 5s);
  numbers.wrong(1, "no link", start + 4s);
  numbers.wrong(1, "no link", start + 1s);
  numbers.note_journey(start + 4s, start + 6s);
  numbers.note_wait(start + 4999ms);
  numbers.note_unsent(start + 11s, start + 14s);
  numbers.note_unsent(start + 12s, start + 14s); // after the end
  const stage_figures &first = numbers.stages.at(0), &second = numbers.stages.at(1);
  BOOST_TEST(first.requests.latency.count() == 1U);
  BOOST_TEST(first.requests.latency.max() == 2'000'000'000U);
  BOOST_TEST(first.requests.wrong == 1U);
  BOOST_TEST(first.completed == 1U);
  BOOST_TEST(first.iterations == 0U);
  BOOST_TEST(first.waited == 1U);
  BOOST_TEST(second.requests.statuses.at(503) == 1U);
  BOOST_TEST(second.requests.refused == 1U);
  BOOST_TEST(second.completed == 2U);
  BOOST_TEST(second.iterations == 1U);
  BOOST_TEST(second.unsent == 1U);
  BOOST_TEST(second.requests.latency.max() == 3'000'000'000U);
}

BOOST_AUTO_TEST_CASE(stages_of_threads_add_up) {
  figures sum(2), other = made();
  other.divide({{3s, 1}, {7s, 2}});
  other.note(0, status(200), start + 3s, start + 3s, start + 4s);
  sum.merge(other);
  sum.merge(other);
  BOOST_TEST(sum.stages.size() == 2U);
  BOOST_TEST(sum.stages.at(0).requests.statuses.at(200) == 2U);
  BOOST_TEST((sum.stages.at(1).from == start + 5s));
}

BOOST_AUTO_TEST_CASE(a_run_cut_short_has_not_measured_later_stages) {
  numbers.divide({{3s, 1}, {7s, 2}});
  numbers.when.end = start + 4s;
  BOOST_TEST(measured_seconds(numbers, numbers.stages[0]) == 2);
  BOOST_TEST(measured_seconds(numbers, numbers.stages[1]) == 0);
}

BOOST_AUTO_TEST_CASE(a_stage_keeps_up_or_not_by_its_own_rate) {
  settings s;
  s.stages = {{4s, 10}, {6s, 100}};
  s.rate = 64;
  result r;
  r.numbers = made();
  r.numbers.divide(s.stages);
  r.numbers.iterations = 640;
  r.numbers.stages[0].iterations = 37; // three may be under way
  r.numbers.stages[1].iterations = 593;
  BOOST_TEST(judge(s, r).kept_up);
  BOOST_TEST(kept_up(r.numbers, r.numbers.stages[0], 10));
  BOOST_TEST(!kept_up(r.numbers, r.numbers.stages[1], 100));
  r.numbers.when.end = start + 6s; // cut after the first: 40 were due
  r.numbers.iterations = 37;
  BOOST_TEST(judge(s, r).kept_up);
}

BOOST_AUTO_TEST_CASE(threads_add_up) {
  figures other = made();
  other.note(0, status(200), start + 3s, start + 3s, start + 9s);
  other.wrong(0, "first", start + 3s);
  other.checks["seen"] = 2;
  numbers.note(0, status(409), start + 3s, start + 3s, start + 4s);
  numbers.checks["seen"] = 3;
  numbers.merge(other);
  BOOST_TEST(numbers.ops[0].latency.count() == 2U);
  BOOST_TEST(numbers.ops[0].wrong == 1U);
  BOOST_TEST(numbers.ops[0].first_wrong == "first");
  BOOST_TEST(numbers.checks["seen"] == 5U);
  BOOST_TEST(numbers.timeline.size() == 10U);
}

BOOST_AUTO_TEST_CASE(a_busy_generator_says_so) {
  result r;
  r.numbers = made();
  r.cpu_shares = {0.5};
  r.wait_shares = {0.1};
  BOOST_TEST(!judge({}, r).generator_limited);
  r.wait_shares = {0.45};
  BOOST_TEST(judge({}, r).generator_limited);
  r.wait_shares = {0};
  for (int i = 0; i < 1000; ++i) r.numbers.lag.add(50'000'000);
  BOOST_TEST(judge({}, r).generator_limited);
}

BOOST_AUTO_TEST_CASE(a_rate_that_was_not_reached_is_reported) {
  settings s;
  s.rate = 100;
  result r;
  r.numbers = made(); // ten seconds
  r.numbers.iterations = 1000;
  BOOST_TEST(judge(s, r).kept_up);
  r.numbers.iterations = 900;
  BOOST_TEST(!judge(s, r).kept_up);
  r.numbers.iterations = 1000;
  r.numbers.unsent = 1;
  BOOST_TEST(!judge(s, r).kept_up);
}

BOOST_AUTO_TEST_CASE(zipf_prefers_the_first) {
  const zipf popular(1000);
  std::mt19937_64 random(1);
  std::vector<int> drawn(1000);
  for (int i = 0; i < 100'000; ++i) ++drawn.at(popular(random));
  BOOST_TEST(drawn[0] > 100'000 / 7.49 * 0.95); // the harmonic number of 1,000 is 7.485
  BOOST_TEST(drawn[0] < 100'000 / 7.48 * 1.05);
  BOOST_TEST(drawn[0] > drawn[9] * 8);
  BOOST_TEST(drawn[999] >= 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::bench
