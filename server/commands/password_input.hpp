#pragma once

#include "server/config/parsed.hpp"

#include <iosfwd>
#include <string>

namespace invited::server {

/// A new password from the descriptor `in`. On a terminal it is asked for twice and not shown; otherwise it
/// is the first line, without the line end. The prompts go to `err`. It does not judge the password, and no
/// message holds a byte of it. The caller wipes it.
parsed<std::string> read_new_password(int in, std::ostream& err);

} // namespace invited::server
