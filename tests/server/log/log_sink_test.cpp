#include "server/log/log_sink.hpp"
#include "tests/server/log/log_pipe.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>

using namespace invited::server;
using namespace std::chrono_literals;
using invited::test::log_pipe;

namespace {

std::chrono::system_clock::time_point epoch() {
  return {};
}

std::string dropped_line(std::uint64_t lines) {
  return R"({"time":"1970-01-01T00:00:00.000Z","level":"warning","event":"log_lines_dropped","lines":)" +
         std::to_string(lines) + "}\n";
}

/// Waits for another thread; false if it takes absurdly long.
template <class Condition>
bool eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

} // namespace

BOOST_AUTO_TEST_SUITE(log_sink_suite)

BOOST_AUTO_TEST_CASE(lines_come_out_while_it_lives) {
  log_pipe p;
  log_sink sink{epoch, p.writer()};
  sink.write("a\n");
  BOOST_TEST(p.read_line() == "a");
  sink.write("b\nc\n");
  BOOST_TEST(p.read_line() == "b");
  BOOST_TEST(p.read_line() == "c");
  BOOST_TEST(sink.dropped() == 0u);
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_at_the_end) {
  log_pipe p;
  {
    log_sink sink{epoch, p.writer()};
    for (int i = 0; i < 100; ++i) sink.write(std::to_string(i) + "\n");
  }
  for (int i = 0; i < 100; ++i) BOOST_TEST(p.read_line() == std::to_string(i));
  BOOST_TEST(p.read_ready().empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_nothing) {
  log_pipe p;
  {
    log_sink sink{epoch, p.writer()};
    sink.write("");
  }
  { const log_sink unused{epoch, p.writer()}; }
  BOOST_TEST(p.read_ready().empty());
}

BOOST_AUTO_TEST_CASE(batches_of_many_threads_stay_whole_and_in_order) {
  constexpr int threads = 4;
  constexpr int batches = 500;
  log_pipe p;
  std::string all;
  {
    std::optional<log_sink> sink{std::in_place, epoch, p.writer()};
    std::vector<std::thread> writers;
    for (int t = 0; t < threads; ++t)
      writers.emplace_back([&sink, t] {
        for (int i = 0; i < batches; ++i) {
          const auto name = std::to_string(t) + "." + std::to_string(i);
          sink->write(name + ".first\n" + name + ".second\n");
        }
      });
    std::size_t lines = 0;
    while (lines < threads * batches * 2) {
      const auto line = p.read_line();
      BOOST_TEST_REQUIRE(!line.empty());
      all += line + "\n";
      ++lines;
    }
    for (auto& w : writers) w.join();
    BOOST_TEST(sink->dropped() == 0u);
  }
  for (int t = 0; t < threads; ++t) {
    std::size_t from = 0;
    for (int i = 0; i < batches; ++i) {
      const auto name = std::to_string(t) + "." + std::to_string(i);
      from = all.find(name + ".first\n" + name + ".second\n", from);
      BOOST_TEST_REQUIRE(from != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_reader_that_hangs_costs_lines_and_never_time) {
  log_pipe p;
  const auto room = p.shrink();
  constexpr std::size_t limit = 100'000;
  log_sink sink{epoch, p.writer(), limit};
  const std::string line(999, 'x');
  // Far more than the pipe and the limit hold together. None of these calls may block.
  constexpr std::size_t sent = 1000;
  for (std::size_t i = 0; i < sent; ++i) sink.write(line + "\n");
  const auto lost = sink.dropped();
  // At least what exceeds both, and at most all but what the limit surely held.
  BOOST_TEST(lost >= sent - (limit + room) / 1000 - 1);
  BOOST_TEST(lost <= sent - limit / 1000);
  // The reader wakes up: it gets all that was kept, then the number of lines that were lost.
  std::size_t kept = 0;
  std::size_t reported = 0; // in one line, or in two if some were lost before the first write
  while (kept + reported < sent) {
    const auto got = p.read_line();
    BOOST_TEST_REQUIRE(!got.empty());
    if (got == line)
      ++kept;
    else
      reported += std::stoul(got.substr(got.rfind(':') + 1));
  }
  BOOST_TEST(reported == lost);
  BOOST_TEST(sink.dropped() == lost);
  // There is room again.
  sink.write("again\n");
  BOOST_TEST(p.read_line() == "again");
}

BOOST_AUTO_TEST_CASE(a_batch_over_the_limit_is_dropped_and_reported_at_once) {
  log_pipe p;
  log_sink sink{epoch, p.writer(), 10};
  sink.write("1\n2\n3\n4\n5\n6\n");
  BOOST_TEST(sink.dropped() == 6u);
  BOOST_TEST(p.read_line() + "\n" == dropped_line(6));
  sink.write("123456789\n");
  BOOST_TEST(p.read_line() == "123456789");
}

BOOST_AUTO_TEST_CASE(a_descriptor_that_does_not_block_is_waited_for) {
  log_pipe p;
  p.shrink();
  p.make_writer_nonblocking();
  const std::string line(99'999, 'y');
  std::string got;
  {
    log_sink sink{epoch, p.writer()};
    sink.write(line + "\n");
    got = p.read(line.size() + 1);
  }
  BOOST_TEST((got == line + "\n"));
}

BOOST_AUTO_TEST_CASE(a_reader_that_left_neither_kills_nor_stops_us) {
  // The default action of SIGPIPE would end the whole test run.
  BOOST_TEST((::signal(SIGPIPE, SIG_DFL) != SIG_ERR));
  log_pipe p;
  p.close_reader();
  log_sink sink{epoch, p.writer()};
  sink.write("a\nb\n");
  BOOST_TEST(eventually([&] { return sink.dropped() == 2; }));
  sink.write("c\n");
  BOOST_TEST(eventually([&] { return sink.dropped() == 3; }));
}

BOOST_AUTO_TEST_CASE(a_closed_descriptor_only_loses_lines) {
  log_sink sink{epoch, -1};
  sink.write("a\n");
  BOOST_TEST(eventually([&] { return sink.dropped() == 1; }));
}

BOOST_AUTO_TEST_CASE(a_reader_that_hangs_for_ever_does_not_keep_us) {
  log_pipe p;
  p.shrink();
  const auto begun = std::chrono::steady_clock::now();
  {
    log_sink sink{epoch, p.writer(), log_sink::default_limit, 20ms};
    sink.write(std::string(100'000, 'z') + "\n");
  }
  BOOST_TEST((std::chrono::steady_clock::now() - begun < 30s));
  // The abandoned thread is still in write(2), and its descriptor must not be used for anything else.
  const auto rest = p.read(100'001);
  BOOST_TEST(rest.size() == 100'001u);
}

BOOST_AUTO_TEST_CASE(its_thread_takes_no_signals) {
  // Blocked here and everywhere except in the sink's thread, where it would end the run if it got through.
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigset_t before;
  log_pipe p;
  log_sink sink{epoch, p.writer()};
  ::pthread_sigmask(SIG_BLOCK, &term, &before);
  ::raise(SIGTERM); // to this thread, where it stays pending
  sink.write("still here\n");
  BOOST_TEST(p.read_line() == "still here");
  const timespec at_once{};
  BOOST_TEST(::sigtimedwait(&term, nullptr, &at_once) == SIGTERM);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
