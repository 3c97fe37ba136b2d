#pragma once

#include "server/commands/command.hpp"

namespace invited::server {

/// `invited audit verify FILE...`: proves that no line of an audit file was changed, removed or put in.
int run_audit(arguments args, const command_context& context);

} // namespace invited::server
