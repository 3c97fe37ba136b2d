#pragma once

#include "server/commands/command.hpp"
#include "server/commands/serve_command.hpp"

namespace invited::server {

/// Picks the command by the first argument (`args` does not hold the program's name) and runs it. No command,
/// or an option first, is `serve`. Returns the exit status; throws only what `serve` throws.
int run_command_line(arguments args, const command_context& context, const serve_function& serve);

} // namespace invited::server
