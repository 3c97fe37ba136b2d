#pragma once

#include "server/commands/command.hpp"

namespace invited::server {

/// `invited user add|list|disable|enable|passwd|sign-out|reseal`: staff accounts. It finds Redis and the keys
/// as `serve` does, by the same variables and config file. A password comes from a file or from standard
/// input.
int run_user(arguments args, const command_context& context);

} // namespace invited::server
