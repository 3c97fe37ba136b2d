#pragma once

#include "bench/generator/answer.hpp"
#include "bench/generator/async.hpp"
#include "bench/generator/histogram.hpp"

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
  std::array<std::uint64_t, fates> failures{}; ///< by fate; that of `answered` stays 0
  std::uint64_t refused = 0;                   ///< well said, but not what was wanted: 429 or 503
  std::uint64_t wrong = 0;                     ///< answers that must not be
  std::string first_wrong{};                   ///< what was wrong with the first of them

  void merge(const op_figures& other);
  std::uint64_t failed() const; ///< without any answer
};

/// What happened in one interval, by the time at which it ended.
struct slice {
  std::uint64_t good = 0, bad = 0;
  histogram latency{5};
};

/// All that one thread measures, and what all of them add up to.
class figures {
public:
  struct window {
    steady::time_point start, warm,
        end;                   ///< measured is what was meant to start from `warm` until before `end`
    steady::duration interval; ///< of the timeline, which starts at `start`
  };

  explicit figures(std::size_t kinds) : ops(kinds) {}

  /// A request that was meant to start at `intended`, sent at `sent` and has its answer `now`.
  /// Whether it falls into what is measured.
  bool note(std::size_t op, const answer& a, steady::time_point intended, steady::time_point sent,
            steady::time_point now);

  /// Judgements on the answer noted last.
  void refuse(std::size_t op) { ++ops[op].refused; }
  void wrong(std::size_t op, std::string_view why);

  /// A whole iteration.
  void note_journey(steady::time_point intended, steady::time_point now);

  /// An arrival that found no connection until the end: it has waited `now - intended`, and counts with that.
  void note_unsent(steady::time_point intended, steady::time_point now);

  void merge(const figures& other);

  window when{};
  std::vector<op_figures> ops;
  histogram all{};      ///< latencies of every request
  histogram journeys{}; ///< latencies of whole iterations
  histogram lag{};      ///< ns by which an idle connection started late: the generator's own fault
  std::vector<slice> timeline{};
  // Within the window, whenever they were meant to start: what a server that falls behind does not reach.
  std::uint64_t completed = 0;          ///< requests answered
  std::uint64_t iterations = 0;         ///< iterations ended
  std::uint64_t unsent = 0, waited = 0; ///< arrivals that never found a connection · that waited for one
  std::map<std::string, std::uint64_t> checks{}; ///< what the scenario counted of its own

private:
  bool measured(steady::time_point intended) const { return intended >= when.warm && intended < when.end; }
  slice& slice_at(steady::time_point now);
};

} // namespace invited::bench
