#pragma once

#include "store/redis/script.hpp"

#include <span>
#include <string>

namespace invited::store {

/// All that our Redis user must be allowed beyond the handshake, sorted: the commands that scripts call,
/// calling the scripts, and the commands that are sent without a script.
std::span<const command_use> needed_commands();

/// A call of the command with a key of that form, with as many words as the command needs: Redis 8.0 judges
/// only whole calls. Spaces separate its words.
std::string example_call(const command_use& use);

} // namespace invited::store
