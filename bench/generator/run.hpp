#pragma once

#include "bench/generator/figures.hpp"
#include "bench/generator/machine.hpp"
#include "bench/generator/settings.hpp"

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

namespace invited::bench {

/// What the watched processes had used at one moment of the run.
struct reading {
  steady::time_point at{};
  usages used{};
};

/// The result of a run.
struct result {
  figures numbers{0};
  std::vector<std::string_view> ops{};
  std::vector<double> cpu_shares{}, wait_shares{}; ///< of the generator's threads
  std::vector<reading> readings{};                 ///< one an interval, from the run's start to its end
  std::vector<reading> stage_ends{};               ///< one a stage
  reading idle{}, warm{}, end{}; ///< before the preparation, and at both ends of the measured time
  bool interrupted = false;
};

/// Prepares, warms up, measures and checks. Ends early when `stop` becomes true. Throws std::invalid_argument
/// if settings do not fit together, boost::system::system_error if the host has no address, and
/// std::runtime_error if the server does not let it prepare the run.
result run(const settings& s, const std::atomic<bool>& stop);

} // namespace invited::bench
