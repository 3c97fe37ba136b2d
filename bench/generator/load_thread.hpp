#pragma once

#include "bench/generator/figures.hpp"
#include "bench/generator/machine.hpp"
#include "bench/generator/scenario.hpp"
#include "bench/generator/schedule.hpp"
#include "bench/generator/settings.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace invited::bench {

/// One thread of the generator: an event loop, and its share of the connections, arrivals and figures. Its
/// functions run on that thread, one after the other, except those that say otherwise.
class load_thread {
public:
  /// `s` must outlive the object. Throws std::invalid_argument if the scenario is unknown or needs more
  /// clients.
  load_thread(const settings& s, unsigned index, const boost::asio::ip::tcp::endpoint& server);

  void prepare();                         ///< what the scenario needs beforehand
  void load(const figures::window& when); ///< the run itself
  void finish();                          ///< what the scenario checks afterwards

  /// From any thread: ends early, and keeps what was measured.
  void stop() noexcept { stopped_.store(true, std::memory_order_relaxed); }
  /// From any thread: the number of good and bad answers so far, up to a tenth of a second old.
  std::uint64_t good() const noexcept { return good_.load(std::memory_order_relaxed); }
  std::uint64_t bad() const noexcept { return bad_.load(std::memory_order_relaxed); }

  /// Before load(), from the thread that started this one: lets it tell its seconds. The result may be read
  /// from that thread as long as this object lives.
  pulse& tell_seconds(const figures::window& when) { return seconds_.emplace(when.start, when.warm); }

  // After load():
  const figures& numbers() const noexcept { return numbers_; }
  std::span<const std::string_view> ops() const { return scenario_->ops(); }
  double cpu_share() const noexcept { return cpu_share_; }   ///< of the measured time, 1 is a whole core
  double wait_share() const noexcept { return wait_share_; } ///< ready, but without a core

private:
  using team = std::span<client* const>;

  coro<void> work_open(team t);
  coro<void> work_closed(team t);
  coro<void> tick();
  coro<bool> wait_until(timer& alarm, steady::time_point due);
  void run(coro<void> what);
  void end_early();
  void sample(steady::time_point now);
  bool measured(steady::time_point at) const { return at >= numbers_.when.warm && at < numbers_.when.end; }

  const settings& settings_;
  boost::asio::io_context io_{1};
  std::unique_ptr<scenario> scenario_;
  figures numbers_;
  std::optional<pulse> seconds_{};
  std::list<client> clients_{};
  std::vector<client*> all_{};
  std::list<timer> alarms_{}; ///< of the workers
  timer ticker_;
  schedule arrivals_;
  steady::time_point drained_{}; ///< what has not been sent by then is not sent
  std::uint64_t closed_iterations_ = 0;
  bool over_ = true;
  std::atomic<bool> stopped_{false};
  std::atomic<std::uint64_t> good_{0}, bad_{0};
  std::optional<std::pair<steady::time_point, thread_usage>> at_warm_{}, at_end_{};
  double cpu_share_ = 0, wait_share_ = 0;
};

} // namespace invited::bench
