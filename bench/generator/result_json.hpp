#pragma once

#include "bench/generator/run.hpp"

#include <string>

namespace invited::bench {

/// The whole result as one JSON object. Times are microseconds where the name of a member, or of the object
/// around it, ends in _us, and seconds where it ends in _s.
std::string as_json(const settings& s, const result& r);

/// Whether every answer was right and, if the settings ask for it, none was missing.
bool is_good(const settings& s, const result& r);

} // namespace invited::bench
