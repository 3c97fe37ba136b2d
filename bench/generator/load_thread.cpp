#include "bench/generator/load_thread.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>

#include <algorithm>
#include <exception>
#include <stdexcept>

namespace invited::bench {
namespace {

using boost::system::error_code;
constexpr auto tick_length = std::chrono::milliseconds(100);

/// How long after the end of an open loop its backlog is still worked off.
constexpr auto backlog_patience = std::chrono::seconds(2);

steady::duration seconds(double s) {
  return std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(s));
}

std::unique_ptr<scenario> made(const settings& s, unsigned index) {
  std::unique_ptr<scenario> out = make_scenario(s, index);
  if (!out) throw std::invalid_argument("there is no scenario " + s.scenario + "; --list names them all");
  return out;
}

} // namespace

load_thread::load_thread(const settings& s, unsigned index, const boost::asio::ip::tcp::endpoint& server)
    : settings_(s),
      scenario_(made(s, index)),
      numbers_(scenario_->ops().size()),
      ticker_(io_.get_executor()),
      arrivals_(s.whole_plan(), index, s.threads) {
  const unsigned mine = s.connections / s.threads + (index < s.connections % s.threads ? 1 : 0);
  if (mine < scenario_->clients_each())
    throw std::invalid_argument("an iteration of " + s.scenario + " needs " +
                                std::to_string(scenario_->clients_each()) + " connections a thread");
  for (unsigned i = 0; i < mine; ++i)
    all_.push_back(&clients_.emplace_back(io_.get_executor(), server, seconds(s.timeout_s), numbers_));
}

void load_thread::run(coro<void> what) {
  std::exception_ptr thrown;
  over_ = false;
  const auto ended = [&](std::exception_ptr e) {
    thrown = e;
    over_ = true;
    ticker_.cancel();
  };
  const auto rethrow = [](std::exception_ptr e) {
    if (e) std::rethrow_exception(e);
  };
  boost::asio::co_spawn(io_, std::move(what), ended);
  boost::asio::co_spawn(io_, tick(), rethrow);
  io_.restart();
  io_.run();
  if (thrown) std::rethrow_exception(thrown);
}

/// Before and after the run, answers are not counted.
void load_thread::prepare() {
  const steady::time_point never = steady::time_point::max();
  numbers_.when = {steady::now(), never, never, std::chrono::hours(1)};
  run(scenario_->prepare(all_));
  numbers_.timeline.clear();
}

void load_thread::finish() {
  const figures::window when = numbers_.when;
  const std::vector<slice> timeline = numbers_.timeline;
  numbers_.when.warm = numbers_.when.end = steady::time_point::max();
  run(scenario_->finish(all_));
  numbers_.when = when;
  numbers_.timeline = timeline;
}

void load_thread::load(const figures::window& when) {
  numbers_.when = when;
  numbers_.divide(settings_.stages);
  numbers_.live = seconds_ ? &*seconds_ : nullptr;
  drained_ = when.end + backlog_patience;
  std::vector<coro<void>> workers;
  const std::size_t each = scenario_->clients_each();
  for (std::size_t at = 0; at + each <= all_.size(); at += each) {
    const team t(all_.data() + at, each);
    workers.push_back(settings_.rate > 0 ? work_open(t) : work_closed(t));
  }
  run(all_of(std::move(workers)));
  numbers_.live = nullptr;
  // The last arrivals of an open loop may have ended before the time has.
  if (seconds_) seconds_->close(std::max(steady::now(), numbers_.when.end));
  if (at_warm_ && !at_end_) sample(steady::now());
  if (at_warm_ && at_end_ && at_end_->first > at_warm_->first) {
    const std::chrono::duration<double> span = at_end_->first - at_warm_->first;
    cpu_share_ = std::chrono::duration<double>(at_end_->second.cpu - at_warm_->second.cpu) / span;
    wait_share_ = std::chrono::duration<double>(at_end_->second.waited - at_warm_->second.waited) / span;
  }
}

/// Each idle worker holds one of the next arrivals and starts it on time. If all are busy, arrivals wait, and
/// their latency counts from when they were due.
coro<void> load_thread::work_open(team t) {
  timer& alarm = alarms_.emplace_back(io_.get_executor());
  while (scenario_->has_more()) {
    const std::optional<schedule::duration> due = arrivals_.take();
    if (!due) co_return;
    const std::uint64_t n = arrivals_.taken();
    const steady::time_point intended = numbers_.when.start + *due;
    steady::time_point now = steady::now();
    if (now < intended) {
      const bool waited = co_await wait_until(alarm, intended);
      if (!waited) co_return;
      if (!scenario_->has_more()) break; // others took the last
      now = steady::now();
      if (measured(intended)) numbers_.lag.add(static_cast<std::uint64_t>((now - intended).count()));
    } else if (now >= drained_) {
      numbers_.note_unsent(intended, now);
      continue;
    } else {
      numbers_.note_wait(intended);
    }
    for (client* c : t) c->begin(intended);
    co_await scenario_->iterate(t, n);
    numbers_.note_journey(intended, steady::now());
  }
  end_early();
}

coro<void> load_thread::work_closed(team t) {
  timer& alarm = alarms_.emplace_back(io_.get_executor());
  while (scenario_->has_more()) {
    const steady::time_point now = steady::now();
    if (now >= numbers_.when.end) co_return;
    for (client* c : t) c->begin(now);
    co_await scenario_->iterate(t, closed_iterations_++);
    numbers_.note_journey(now, steady::now());
    // A server that is gone refuses at once, so it is useless to ask it a hundred thousand times a second.
    if (t.front()->got_no_answer()) co_await wait_until(alarm, steady::now() + std::chrono::milliseconds(10));
  }
  end_early();
}

coro<bool> load_thread::wait_until(timer& alarm, steady::time_point due) {
  error_code cancelled;
  alarm.expires_at(due);
  co_await alarm.async_wait(boost::asio::redirect_error(use_coro, cancelled));
  co_return !cancelled;
}

/// The scenario has nothing left, or the run was stopped. The result is what was measured until now.
void load_thread::end_early() {
  const steady::time_point now = steady::now();
  if (now >= numbers_.when.end) return;
  arrivals_.cut(now - numbers_.when.start);
  numbers_.when.end = now;
}

/// Checks deadlines and updates figures, ten times a second.
coro<void> load_thread::tick() {
  while (!over_) {
    const steady::time_point now = steady::now();
    for (client* c : all_) c->wire().look_at(now);
    if (numbers_.live) numbers_.live->look(now);
    std::uint64_t good = 0, bad = 0;
    for (const slice& s : numbers_.timeline) good += s.good, bad += s.bad;
    good_.store(good, std::memory_order_relaxed);
    bad_.store(bad, std::memory_order_relaxed);
    sample(now);
    if (stopped_) {
      end_early();
      for (timer& alarm : alarms_) alarm.cancel();
    }
    error_code cancelled;
    ticker_.expires_after(tick_length);
    if (!over_) co_await ticker_.async_wait(boost::asio::redirect_error(use_coro, cancelled));
  }
}

void load_thread::sample(steady::time_point now) {
  if (!at_warm_ && now >= numbers_.when.warm) at_warm_.emplace(now, usage_of_this_thread());
  if (at_warm_ && !at_end_ && (now >= numbers_.when.end || over_))
    at_end_.emplace(now, usage_of_this_thread());
}

} // namespace invited::bench
