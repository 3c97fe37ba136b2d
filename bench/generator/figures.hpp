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
  std::array<std::uint64_t, fates> failures{}; ///< by fate; the one of `answered` stays 0
  std::uint64_t refused = 0;                   ///< correct refusals: 429 or 503
  std::uint64_t wrong = 0;                     ///< wrong answers
  std::string first_wrong{};                   ///< what was wrong with the first wrong answer

  void merge(const op_figures& other);
  std::uint64_t failed() const; ///< without any answer
};

/// What happened in one interval. A request belongs to the interval in which it ended.
struct slice {
  std::uint64_t good = 0, bad = 0;
  histogram latency{5};
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
  bool note(std::size_t op, const answer& a, steady::time_point intended, steady::time_point sent,
            steady::time_point now);

  /// Judge the answer noted last.
  void refuse(std::size_t op) { ++ops[op].refused; }
  void wrong(std::size_t op, std::string_view why);

  /// A whole iteration.
  void note_journey(steady::time_point intended, steady::time_point now);

  /// Notes an arrival that never found a connection. It has waited `now - intended`, and counts with that
  /// time.
  void note_unsent(steady::time_point intended, steady::time_point now);

  void merge(const figures& other);

  window when{};
  std::vector<op_figures> ops;
  histogram all{};      ///< latencies of every request
  histogram journeys{}; ///< latencies of whole iterations
  histogram lag{}; ///< ns by which the generator itself started a request late although a connection was idle
  std::vector<slice> timeline{};
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
};

} // namespace invited::bench
