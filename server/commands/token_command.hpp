#pragma once

#include "server/commands/command.hpp"

namespace invited::server {

/// `invited token`: a staff token (HS256) on `out`, signed with the secret that `serve` would use: the same
/// variables and config file name it.
int run_token(arguments args, const command_context& context);

} // namespace invited::server
