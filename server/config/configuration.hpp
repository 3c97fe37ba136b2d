#pragma once

#include "server/config/options.hpp"
#include "server/config/secrets.hpp"
#include "server/config/sources.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// Everything that `serve` reads from outside.
struct configuration {
  options values;
  secrets material;
  bool asks_for_connections = false; ///< --max-connections was given, and is not the default
  std::vector<std::string> warnings; ///< for the log, when there is one
};

/// Reads the given texts, or the defaults, into typed options, and checks them together. Errors name the
/// source of each value. The result counts only if `found.errors` did not grow.
options read_options(const settings& given, findings& found);

/// Flags win over environment, config file and defaults, in this order; then the secret files are read.
/// Nothing if anything is wrong: then `found` has every error, not only the first. Warnings are in both.
std::optional<configuration> load_configuration(std::span<const std::string_view> args,
                                                std::span<const std::string_view> environment,
                                                const file_reader& read, findings& found);

} // namespace invited::server
