#pragma once

#include "handlers/pages/html.hpp"
#include "handlers/pages/invite_page.hpp"

namespace invited::handlers {

/// The part of an open form with the question of the invite's challenge, which the invite must have. It also
/// says what was wrong with the answer that was just given.
html question(const invite_page& shown);

} // namespace invited::handlers
