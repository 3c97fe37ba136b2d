#pragma once

#include "server/commands/command.hpp"

namespace invited::server {

/// `invited keygen`: prints a whole key file to `out`, or with `--seal` one more sealing key for an existing
/// file.
int run_keygen(arguments args, const command_context& context);

} // namespace invited::server
