#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/config/option_table.hpp"

namespace invited::server {

/// How many letters must be inserted, dropped or replaced to turn `a` into `b` (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The option name that was probably meant, or "" if none is near. `_` and capitals cost nothing.
std::string_view nearest_name(std::string_view name, std::span<const option_info> known);

/// ` (did you mean X?)` with `prefix` before the name, or "".
std::string suggestion(std::string_view name, std::span<const option_info> known, std::string_view prefix);

} // namespace invited::server
