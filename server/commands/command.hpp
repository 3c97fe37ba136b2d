#pragma once

#include "store/base/entropy.hpp"

#include <chrono>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// The world as a command sees it; main fills it from the real one. Everything outlives the command.
struct command_context {
  std::span<const std::string_view> environment; ///< `NAME=value`
  std::ostream& out; ///< what was asked for, and nothing else: it may be a secret in a pipe
  std::ostream& err; ///< messages
  store::entropy& random;
  std::chrono::system_clock::time_point now;
  std::string_view version;
};

using arguments = std::span<const std::string_view>;

// What a command returns, as the process's exit status.
inline constexpr int exit_good = 0;
inline constexpr int exit_failed = 1; ///< it was told well, and could not do it
inline constexpr int exit_misuse = 2; ///< it was told wrongly: arguments, configuration, secret files

/// Whether `--help` or `-h` is among the arguments.
bool asks_for_help(arguments args);

/// Prints all errors, one a line, and how to get help on `command`.
void print_errors(std::ostream& err, std::span<const std::string> errors, std::string_view command);

} // namespace invited::server
