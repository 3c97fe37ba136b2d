#pragma once

#include "server/commands/command.hpp"

namespace invited::server {

/// `invited keygen`: a whole key file on `out`; with `--seal` one more sealing key, for a file that exists.
int run_keygen(arguments args, const command_context& context);

} // namespace invited::server
