#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"

namespace invited::handlers {

/// After POST /invite/{invite_id}/ask: 202, and nothing of whether there is such an invite.
response asked_page(const page_language& in);

} // namespace invited::handlers
