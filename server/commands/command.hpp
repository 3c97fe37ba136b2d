#pragma once

#include "server/config/sources.hpp"

#include "store/base/entropy.hpp"

#include <chrono>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// A command's environment; main() fills it with the real one. Everything here must outlive the command.
struct command_context {
  std::span<const std::string_view> environment; ///< `NAME=value`
  std::ostream& out; ///< the result and nothing else, because it may be a secret in a pipe
  std::ostream& err; ///< messages
  store::entropy& random;
  std::chrono::system_clock::time_point now;
  std::string_view version;
};

using arguments = std::span<const std::string_view>;

// What a command returns. It is the exit status of the process.
inline constexpr int exit_good = 0;
inline constexpr int exit_failed = 1; ///< the input was right, but the command failed
inline constexpr int exit_misuse = 2; ///< the input was wrong: arguments, configuration, secret files

/// Whether `--help` or `-h` is among the arguments.
bool asks_for_help(arguments args);

/// The options of a command: its own, then those that it shares with serve, by name.
std::vector<option_info> command_options(std::span<const option_info> own,
                                         std::span<const std::string_view> of_serve);

/// Prints all findings, one a line, and after errors how to get help for `command`. Whether it can go on:
/// there are no errors.
bool report(std::ostream& err, const findings& found, std::string_view command);

} // namespace invited::server
