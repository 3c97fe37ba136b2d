#include "server/log/event_log.hpp"
#include "server/log/log_buffer.hpp"
#include "tests/server/log/log_pipe.hpp"

#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace invited::server;
using namespace std::chrono_literals;
using invited::test::log_pipe;

namespace {

std::chrono::system_clock::time_point noon() {
  return std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 12h;
}

access_record request(std::string_view id, unsigned status = 200) {
  access_record record;
  record.at = noon();
  record.request_id = id;
  record.status = status;
  return record;
}

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// What has come out; ends the sink.
struct fixture {
  log_pipe p;
  boost::asio::io_context core{1};
  invited::turn end_of_turn{core};

  template <class Use>
  std::string output(log_level least, Use use) {
    {
      log_sink sink{noon, p.writer()};
      log_buffer buffer{end_of_turn, sink, least, noon};
      use(buffer);
    }
    return p.read_ready();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(log_buffer_suite, fixture)

BOOST_AUTO_TEST_CASE(lines_go_out_once_a_turn) {
  log_sink sink{noon, p.writer()};
  log_buffer buffer{end_of_turn, sink, log_level::info, noon};
  boost::asio::post(core, [&] { buffer.write(request("first")); });
  boost::asio::post(core, [&] { buffer.write(request("second")); });
  // Two handlers were ready, and there was one hand-over for both.
  BOOST_TEST(core.run() == 3u);
  BOOST_TEST(p.read_line().find("first") != std::string::npos);
  BOOST_TEST(p.read_line().find("second") != std::string::npos);

  core.restart();
  boost::asio::post(core, [&] { buffer.write(request("third")); });
  BOOST_TEST(core.run() == 2u);
  BOOST_TEST(p.read_line().find("third") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_quiet_core_posts_nothing) {
  log_sink sink{noon, p.writer()};
  log_buffer buffer{end_of_turn, sink, log_level::error, noon};
  buffer.write(request("ok"));
  buffer.event(log_level::warning, "quiet");
  BOOST_TEST(core.run() == 0u);
}

BOOST_AUTO_TEST_CASE(a_large_turn_does_not_wait_for_its_end) {
  log_sink sink{noon, p.writer()};
  log_buffer buffer{end_of_turn, sink, log_level::info, noon};
  for (int i = 0; i < 1000; ++i) buffer.write(request("id"));
  // The loop has not run, and still there is something to read.
  BOOST_TEST(p.read_line().find("\"request_id\":\"id\"") != std::string::npos);
  core.run();
  for (int i = 1; i < 1000; ++i) BOOST_TEST_REQUIRE(!p.read_line().empty());
}

BOOST_AUTO_TEST_CASE(what_is_left_goes_out_at_the_end) {
  const auto text = output(log_level::info, [](log_buffer& buffer) {
    buffer.write(request("a"));
    buffer.event(log_level::info, "b");
  });
  BOOST_TEST(lines_in(text) == 2u);
}

BOOST_AUTO_TEST_CASE(levels_are_kept_apart) {
  const struct {
    log_level least;
    std::size_t lines;
  } cases[] = {{log_level::debug, 6}, {log_level::info, 5}, {log_level::warning, 3}, {log_level::error, 2}};
  for (const auto& c : cases) BOOST_TEST_CONTEXT(to_string(c.least)) {
      const auto text = output(c.least, [](log_buffer& buffer) {
        buffer.write(request("ok", 200));
        buffer.write(request("failed", 503));
        for (const auto level : {log_level::debug, log_level::info, log_level::warning, log_level::error})
          buffer.event(level, "e");
      });
      BOOST_TEST(lines_in(text) == c.lines);
    }
}

BOOST_AUTO_TEST_CASE(a_line_bears_its_time) {
  const auto text = output(log_level::info, [](log_buffer& buffer) {
    auto record = request("a");
    record.at = noon() + 1500ms;
    buffer.write(record);
    buffer.event(log_level::info, "b", {{"n", 1}});
  });
  BOOST_TEST(text.find(R"({"time":"2026-01-31T12:00:01.500Z","level":"info","event":"request")") == 0u);
  BOOST_TEST(text.ends_with(R"({"time":"2026-01-31T12:00:00.000Z","level":"info","event":"b","n":1})"
                            "\n"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(log_event_log)

BOOST_AUTO_TEST_CASE(events_of_any_thread_are_lines) {
  log_pipe p;
  {
    log_sink sink{noon, p.writer()};
    const event_log log{sink, log_level::info, noon};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&log, t] {
        for (int i = 0; i < 25; ++i) log.event(log_level::warning, "redis_lost", {{"thread", t}});
      });
    for (auto& t : threads) t.join();
  }
  const auto text = p.read_ready();
  BOOST_TEST(lines_in(text) == 100u);
  const std::string_view line =
      R"({"time":"2026-01-31T12:00:00.000Z","level":"warning","event":"redis_lost","thread":3})"
      "\n";
  BOOST_TEST(text.find(line) != std::string::npos);
  BOOST_TEST(text.size() == 100 * line.size());
}

BOOST_AUTO_TEST_CASE(events_below_the_level_are_not_made) {
  log_pipe p;
  {
    log_sink sink{noon, p.writer()};
    const event_log log{sink, log_level::warning, noon};
    log.event(log_level::debug, "a");
    log.event(log_level::info, "b");
    log.event(log_level::warning, "c");
    log.event(log_level::error, "d");
  }
  BOOST_TEST(lines_in(p.read_ready()) == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
