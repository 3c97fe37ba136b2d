#pragma once

#include "bench/generator/answer.hpp"
#include "bench/generator/async.hpp"
#include "bench/generator/histogram.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace invited::bench {

/// What happened in one second: requests that were sent in it, and answers that came in it, whenever the
/// requests were due.
struct second {
  steady::time_point from{}, until{}; ///< less than a second apart at the run's start and end
  std::uint64_t sent = 0, answered = 0;
  std::uint64_t wrong = 0; ///< wrong answers
  std::map<std::string, std::uint64_t>
      errors{};               ///< statuses from 400, and what became of requests without an answer
  histogram latency{7};       ///< ns from when they were due, to 1 %; of requests that ended
  std::int64_t in_flight = 0; ///< sent, but not ended, at its end

  void merge(const second& other); ///< of another thread; the same second
};

/// One thread's seconds. They begin at whole seconds before and after the measured time began, so that a line
/// never mixes warm-up and measurement.
class pulse {
public:
  // On the thread of the load, in the order of time:

  /// The first second is that of `start`; whole seconds count from `zero`.
  pulse(steady::time_point start, steady::time_point zero);
  void sent(steady::time_point now);
  void ended(const answer& a, steady::duration latency, steady::time_point now);
  void wrong() { ++current_.wrong; }
  /// Lets seconds pass in which nothing happens.
  void look(steady::time_point now);
  /// Ends the last second early. Nothing may be noted after that.
  void close(steady::time_point now);

  // From any thread:

  /// The oldest second that has passed and was not taken, left in its place; nothing if there is none.
  std::optional<second> oldest() const;
  void drop_oldest();
  bool is_over() const; ///< closed, and everything was taken

private:
  void publish();

  second current_{};
  std::int64_t in_flight_ = 0;
  mutable std::mutex mutex_{};
  std::deque<second> passed_{};
  bool closed_ = false;
};

} // namespace invited::bench
