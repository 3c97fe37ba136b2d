#pragma once

#include "store/redis/script.hpp"

#include <span>
#include <string>

namespace invited::store {

/// All that our user in Redis must be allowed beyond the handshake, sorted: the commands that the scripts
/// call, calling those scripts, and the commands that are sent without one.
std::span<const command_use> needed_commands();

/// A call of the command with a key of that form, complete as far as an access control list looks at it; its
/// words between spaces.
std::string example_call(const command_use& use);

} // namespace invited::store
