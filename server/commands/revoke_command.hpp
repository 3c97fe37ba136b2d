#pragma once

#include "server/commands/command.hpp"

namespace invited::server {

/// `invited revoke --pending --created-before T`: after a restore, ends invites that may have been used
/// already. It finds Redis and the keys as `serve` does, by the same variables and config file.
int run_revoke(arguments args, const command_context& context);

} // namespace invited::server
