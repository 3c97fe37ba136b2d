#pragma once

#include "handlers/pages/invite_page.hpp"
#include "handlers/pages/page.hpp"

namespace invited::handlers {

/// Writes into an open form what asks for the invite's fact, which it must have, and what was wrong with the
/// answer just given.
void append_question(page& out, const invite_page& shown);

} // namespace invited::handlers
