#pragma once

#include "bench/generator/run.hpp"

#include <string>
#include <vector>

namespace invited::bench {

/// What can be said of a run, beside its figures.
struct verdict {
  bool generator_limited = false;   ///< latencies and rates are (also) the generator's own
  bool kept_up = true;              ///< an open loop was served at the rate asked for
  std::vector<std::string> notes{}; ///< why, in sentences
};

verdict judge(const settings& s, const result& r);

/// Seconds that were measured.
double measured_seconds(const figures& f);

} // namespace invited::bench
