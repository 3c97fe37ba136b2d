#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"

namespace invited::handlers {

/// Where a redeemed invite leads as long as no assessment is configured: its script shows the session, and
/// whoever runs the server reads how to put the real assessment in its place. Without script it says that the
/// invitation was accepted.
response assessment_page(const page_language& in);

} // namespace invited::handlers
