#pragma once

#include "store/redis/pipeline.hpp"
#include "tests/store/resp/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <functional>
#include <string>

namespace invited::test {

using namespace store::redis;

/// Records how it was completed, and may then do something.
struct waiter final : operation {
  void complete(boost::system::error_code ec, reply&& r) override {
    ++completed;
    error = ec;
    shown = show(r);
    if (then) then();
  }
  void discard() noexcept override { ++discarded; }

  int completed = 0, discarded = 0;
  boost::system::error_code error;
  std::string shown;
  std::function<void()> then;
};

/// A pipeline, and the requests that wait for its replies.
struct pipeline_fixture {
  explicit pipeline_fixture(pipeline_limits limits = {}) : p(limits, {.bytes = 4096, .values = 100}) {}

  waiter& ask(std::string_view what = "x") {
    waiter& w = waiters.emplace_back();
    resp_writer command = p.encoder();
    command.begin(1);
    command.arg(what);
    p.push(w, now);
    return w;
  }

  std::string stage() {
    out = "rest of the last write";
    return p.stage(out) ? out : "nothing";
  }

  std::deque<waiter> waiters; ///< before the pipeline, which discards what is left
  time_point now{};
  std::string out;
  pipeline p;
};

/// The bytes that ask() sends.
inline constexpr std::string_view x = "*1\r\n$1\r\nx\r\n";

} // namespace invited::test
