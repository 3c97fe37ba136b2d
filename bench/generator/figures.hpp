#pragma once

#include "bench/generator/answer.hpp"
#include "bench/generator/async.hpp"
#include "bench/generator/histogram.hpp"
#include "bench/generator/pulse.hpp"
#include "bench/generator/schedule.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace invited::bench {

/// What was measured of one kind of request.
struct op_figures {
  histogram latency{}; ///< ns, from when it was meant to be sent
  histogram service{}; ///< ns, from when it was sent
  std::map<unsigned, std::uint64_t> statuses{};
  std::array<std::uint64_t, fates> failures{}; ///< by fate; the one of `answered` stays 0
  std::uint64_t refused = 0;                   ///< correct refusals: 429 or 503
  std::uint64_t wrong = 0;                     ///< wrong answers
  std::string first_wrong{};                   ///< what was wrong with the first wrong answer

  void note(const answer& a, std::uint64_t latency_ns, std::uint64_t service_ns);
  void merge(const op_figures& other);
  std::uint64_t failed() const; ///< without any answer
};

/// What happened in one interval. A request belongs to the interval in which it ended.
struct slice {
  std::uint64_t good = 0, bad = 0;
  histogram latency{5};
};

/// What was measured of one stage: of the requests due in it, and of what ended in it.
struct stage_figures {
  steady::time_point from{}, until{};
  op_figures requests{}; ///< of all kinds; the latencies are those of `figures::all`
  std::uint64_t completed = 0, iterations = 0, unsent = 0, waited = 0; ///< as in `figures`

  void merge(const stage_figures& other);
};

/// Everything that one thread measures; also the sum over all threads.
class figures {
public:
  struct window {
    steady::time_point start, warm,
        end;                   ///< requests due from `warm` until before `end` are measured
    steady::duration interval; ///< of the timeline, which starts at `start`
  };

  explicit figures(std::size_t kinds) : ops(kinds) {}

  /// Notes a request that was due at `intended`, was sent at `sent` and has its answer `now`. Returns whether
  /// it is measured.
  void note_sent(steady::time_point now) {
    if (live) live->sent(now);
  }
  bool note(std::size_t op, const answer& a, steady::time_point intended, steady::time_point sent,
            steady::time_point now);

  /// Judge an answer that was noted; its request was due at `intended`.
  void refuse(std::size_t op, steady::time_point intended);
  void wrong(std::size_t op, std::string_view why, steady::time_point intended);

  /// A whole iteration.
  void note_journey(steady::time_point intended, steady::time_point now);

  /// Notes an arrival that never found a connection. It has waited `now - intended`, and counts with that
  /// time.
  void note_unsent(steady::time_point intended, steady::time_point now);

  /// Notes an arrival that found no connection when it was due.
  void note_wait(steady::time_point intended);

  /// Divides the measured time of `when` into stages, before anything is noted.
  void divide(const std::vector<stage>& plan);

  void merge(const figures& other);

  window when{};
  std::vector<op_figures> ops;
  histogram all{};      ///< latencies of every request
  histogram journeys{}; ///< latencies of whole iterations
  histogram lag{}; ///< ns by which the generator itself started a request late although a connection was idle
  std::vector<slice> timeline{};
  pulse* live = nullptr;               ///< told of every request, if there is one; not owned
  std::vector<stage_figures> stages{}; ///< empty if the run has one rate
  // Counts within the window, whenever the requests were due. A server that falls behind does not reach the
  // rate asked for.
  std::uint64_t completed = 0;  ///< requests answered
  std::uint64_t iterations = 0; ///< iterations ended
  /// Arrivals that never found a connection, and those that waited for one.
  std::uint64_t unsent = 0, waited = 0;
  std::map<std::string, std::uint64_t> checks{}; ///< what the scenario itself counted

private:
  bool measured(steady::time_point intended) const { return intended >= when.warm && intended < when.end; }
  slice& slice_at(steady::time_point now);
  stage_figures* stage_at(steady::time_point when);
};

} // namespace invited::bench
