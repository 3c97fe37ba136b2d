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

/// All that a run has found out.
struct result {
  figures numbers{0};
  std::vector<std::string_view> ops{};
  std::vector<double> cpu_shares{}, wait_shares{}; ///< of the generator's threads
  std::vector<reading> readings{};                 ///< one an interval, from the run's start to its end
  reading idle{}, warm{}, end{};                   ///< before preparation · at both ends of what is measured
  bool interrupted = false;
};

/// Prepares, warms up, measures and checks. Ends early once `stop` is true. Throws std::invalid_argument for
/// settings that do not fit together, boost::system::system_error for a host that has no address,
/// std::runtime_error where the server does not let the run be prepared.
result run(const settings& s, const std::atomic<bool>& stop);

} // namespace invited::bench
