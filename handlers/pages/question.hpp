#pragma once

#include "handlers/pages/html.hpp"
#include "handlers/pages/invite_page.hpp"

namespace invited::handlers {

/// The part of an open form that asks for the invite's fact, which it must have, and says what was wrong with
/// the answer just given.
html question(const invite_page& shown);

} // namespace invited::handlers
