#pragma once

#include "bench/generator/run.hpp"

#include <string>
#include <vector>

namespace invited::bench {

/// What the figures of a run prove.
struct verdict {
  bool generator_limited = false;   ///< latencies and rates may be those of the generator
  bool kept_up = true;              ///< the server kept the rate that the open loop asked for
  std::vector<std::string> notes{}; ///< why, in sentences
};

verdict judge(const settings& s, const result& r);

/// Seconds that were measured: of the run, and of one stage, of which there are 0 if the run ended before it.
double measured_seconds(const figures& f);
double measured_seconds(const figures& f, const stage_figures& stage);

/// Whether the server kept the rate of a stage. The run's notes are about the whole.
bool kept_up(const figures& f, const stage_figures& stage, double rate);

} // namespace invited::bench
