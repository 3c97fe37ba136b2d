#pragma once

#include "server/config/option_table.hpp"

#include <span>
#include <string>

namespace invited::server {

/// One paragraph for each option, in the table's order, wrapped at 100 columns.
std::string option_help(std::span<const option_info> options);

} // namespace invited::server
