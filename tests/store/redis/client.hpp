#pragma once

#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/redis/connection.hpp"
#include "tests/store/resp/printing.hpp"
#include "tests/support/tasks.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/asio/io_context.hpp>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

/// Records what a connection reports.
struct recorder final : store::redis::connection_observer {
  void connected(const store::redis::durability_report& r) override {
    ++connections;
    report = r;
  }
  void lost(boost::system::error_code why, std::string_view detail) override {
    ++losses;
    last_error = why;
    last_detail = detail;
  }
  void unfit(const store::redis::durability_report& r) override {
    ++refusals;
    report = r;
  }
  void refused(std::string_view code) override { codes.emplace_back(code); }

  int connections = 0, losses = 0, refusals = 0;
  store::redis::durability_report report;
  boost::system::error_code last_error;
  std::string last_detail;
  std::vector<std::string> codes;
};

struct fixed_entropy final : store::entropy {
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& b : out) b = 42;
  }
};

/// How one call ended.
struct outcome {
  int completed = 0;
  boost::system::error_code error;
  std::string shown; ///< the reply

  bool ok() const { return completed == 1 && !error; }
};

/// Whether the call ended once, with this error.
inline bool is(const outcome& o, store::errc e) {
  return o.completed == 1 && o.error == make_error_code(e);
}

/// A connection with the loop it runs on; the test's thread turns the loop.
struct client {
  explicit client(store::redis::connection_settings s, bool start = true)
      : connection(loop.get_executor(), end_of_turn, std::move(s), seen, random) {
    if (start) connection.start();
  }

  static store::redis::connection_settings settings(const std::string& url) {
    store::redis::connection_settings s;
    s.target = store::redis::parse_url(url).value();
    s.timeout = patience; // deadlines are tested elsewhere, and this machine may be slow
    s.backoff_base = std::chrono::milliseconds(5);
    s.backoff_limit = std::chrono::milliseconds(50);
    return s;
  }

  [[nodiscard]] bool wait_ready() {
    return run_until(loop, [this] { return connection.ready(); });
  }

  /// Starts a call; its outcome lives as long as the client.
  outcome& call(std::vector<std::string> args) {
    outcome& o = outcomes.emplace_back();
    calls.spawn(execute(connection, std::move(args), o));
    return o;
  }

  outcome& run(const store::script& s, std::vector<std::string> keys, std::vector<std::string> args) {
    outcome& o = outcomes.emplace_back();
    calls.spawn(eval(connection, s, std::move(keys), std::move(args), o));
    return o;
  }

  [[nodiscard]] bool wait_done(const outcome& o) {
    return run_until(loop, [&o] { return o.completed > 0; });
  }

  [[nodiscard]] bool wait_all_done() {
    std::size_t done = 0;
    return run_until(loop, [&] {
      while (done < outcomes.size() && outcomes[done].completed > 0) ++done;
      return done == outcomes.size();
    });
  }

  /// Makes a call and waits for it.
  outcome ask(std::vector<std::string> args) {
    outcome& o = call(std::move(args));
    if (!wait_done(o)) throw std::runtime_error("no outcome");
    return o;
  }

  static void note(const store::result<store::redis::reply>& r, outcome& o) {
    ++o.completed;
    if (r)
      o.shown = show(*r);
    else
      o.error = r.error();
  }

  static task<void> execute(store::redis::connection& c, std::vector<std::string> args, outcome& o) {
    const std::vector<std::string_view> views(args.begin(), args.end());
    const auto r = co_await c.execute(views);
    note(r, o);
  }

  static task<void> eval(store::redis::connection& c, const store::script& s, std::vector<std::string> keys,
                         std::vector<std::string> args, outcome& o) {
    const std::vector<std::string_view> k(keys.begin(), keys.end()), a(args.begin(), args.end());
    const auto r = co_await c.run(s, k, a);
    note(r, o);
  }

  boost::asio::io_context loop{1};
  turn end_of_turn{loop};
  recorder seen;
  fixed_entropy random;
  std::deque<outcome> outcomes;
  store::redis::connection connection;
  background calls;
};

} // namespace invited::test
