#pragma once

#include "bench/generator/schedule.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace invited::bench {

/// What the command line asks for.
struct settings {
  std::string scenario = "create";
  std::string host{};          ///< of --target
  std::string port{};          ///< of --target
  std::string tokens_file{};   ///< lines `provider token`
  double rate = 0;             ///< iterations a second, with stages their mean; 0: closed loop
  std::vector<stage> stages{}; ///< of the measured time; empty: it has one rate
  unsigned connections = 64;   ///< over all threads
  unsigned threads = 1;
  double duration_s = 10, warmup_s = 2, timeout_s = 10;
  std::chrono::milliseconds interval{1000};
  std::size_t pool = 0;        ///< how many invites `redeem` makes beforehand; 0: as many as the run can need
  unsigned team = 0;           ///< clients of one invite in `contention`
  unsigned rows = 100;         ///< of a call in `bulk`
  double noise = 0;            ///< share of arrivals from the noisy neighbour
  bool harmless = false;       ///< the noise is requests that no limit counts
  bool minimal = false;        ///< the server is a peer that has only the original contract
  bool allow_failures = false; ///< requests without an answer are expected
  bool progress = false;       ///< a JSON line each interval on stderr
  bool seconds = false;        ///< a JSON line of what happened in each second on stderr
  std::vector<std::pair<std::string, pid_t>> watch{}; ///< processes to measure, by name
  std::string output{};                               ///< where the result goes; empty: stdout
  std::string hgrm{}; ///< where latencies go as HdrHistogram's text; empty: nowhere

  /// Pairs of a provider and the token for its requests.
  std::vector<std::pair<std::string, std::string>> tokens{};

  /// The stages of an open loop from the start, warm-up included, which has the rate of the first stage.
  std::vector<stage> whole_plan() const;

  std::string authority() const {
    return host.find(':') == host.npos ? host + ':' + port : '[' + host + "]:" + port;
  }
};

/// Reads the settings. Throws std::invalid_argument that says what is wrong, or std::runtime_error if the
/// file of tokens cannot be read.
settings read_settings(int argc, char** argv);

extern const char* const usage;

} // namespace invited::bench
