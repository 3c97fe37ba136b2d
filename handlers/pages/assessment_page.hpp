#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"

namespace invited::handlers {

/// The page to which a redeemed invite leads if no assessment is configured. Its script shows the session,
/// and it tells whoever runs the server how to put the real assessment in its place. Without script it says
/// that the invitation was accepted.
response assessment_page(const page_language& in);

} // namespace invited::handlers
