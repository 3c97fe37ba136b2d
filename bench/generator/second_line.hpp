#pragma once

#include "bench/generator/figures.hpp"
#include "bench/generator/pulse.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace invited::bench {

/// Takes the next second from all threads; nothing until each of them has passed it, or is over. So a thread
/// that is late delays the line, and none goes out without its share.
std::optional<second> next_second(const std::vector<pulse*>& threads);

/// One JSON object on a line: `t` (seconds from the measured time's start to this second's end), `time` (Unix
/// time of that end), `phase`, `stage` (1 is the first; 0 outside of the measured time), `sent`, `answered`,
/// `wrong`, `rate`, `errors`, `p50_us`, `p99_us`, `max_us` (null if no request ended) and `in_flight`.
/// `time_at_end` is the wall clock.
std::string line_of(const second& s, const figures::window& when, const std::vector<stage>& stages,
                    std::chrono::system_clock::time_point time_at_end);

} // namespace invited::bench
