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

/// Everything `serve` is told from outside.
struct configuration {
  options values;
  secrets material;
  bool asks_for_connections = false; ///< --max-connections was given, and is not the default
  std::vector<std::string> warnings; ///< for the log, once there is one
};

/// Puts the texts given into typed options, the defaults where there are none, and checks them together.
/// Errors name the source of each value; the result counts only when `found.errors` is as long as before.
options read_options(const settings& given, findings& found);

/// Flags over environment over config file over defaults; then the secret files. Nothing when anything is
/// wrong: then every error is in `found`, not just the first. Warnings are in both.
std::optional<configuration> load_configuration(std::span<const std::string_view> args,
                                                std::span<const std::string_view> environment,
                                                const file_reader& read, findings& found);

} // namespace invited::server
