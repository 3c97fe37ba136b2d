#pragma once

#include "server/commands/command.hpp"

namespace invited::server {

/// `invited token`: prints a staff token (HS256) to `out`. It is signed with the secret that `serve` would
/// use, found by the same variables and config file.
int run_token(arguments args, const command_context& context);

} // namespace invited::server
