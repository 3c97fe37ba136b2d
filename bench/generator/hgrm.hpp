#pragma once

#include "bench/generator/run.hpp"

#include <iosfwd>
#include <string>

namespace invited::bench {

/// Writes a histogram of nanoseconds as HdrHistogram's "percentile distribution" (.hgrm), in milliseconds, as
/// its plotter and other tools read it: five lines for each halving of what is left to 100 %.
void write_hgrm(std::ostream& out, const histogram& h);

/// Writes the latencies of all requests to `file`, which ends in .hgrm, and those of stage N to
/// `...-stage-N.hgrm`. Throws std::runtime_error if a file cannot be written.
void write_hgrm_files(const std::string& file, const figures& f);

} // namespace invited::bench
