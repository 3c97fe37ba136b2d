#pragma once

#include "server/config/parsed.hpp"

#include <iosfwd>
#include <string>

namespace invited::server {

/// A new password from the descriptor `in`: on a terminal asked for twice and not shown, else the first line.
/// The line end is not part of it. `err` is where a person is asked. Not judged; no
/// message holds a byte of it. The caller wipes it.
parsed<std::string> read_new_password(int in, std::ostream& err);

} // namespace invited::server
