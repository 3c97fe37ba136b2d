#pragma once

#include "server/commands/command.hpp"
#include "server/config/configuration.hpp"

#include <functional>

namespace invited::server {

/// Runs the server until it is told to stop, and returns the exit status. It logs `configuration::warnings`
/// first.
using serve_function = std::function<int(configuration)>;

/// `invited serve`: reads the configuration, and calls `serve` if nothing is wrong with it.
int run_serve(arguments args, const command_context& context, const serve_function& serve);

} // namespace invited::server
