#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"

namespace invited::handlers {

/// The answer to POST /invite/{invite_id}/ask: 202, without a word on whether there is such an invite.
response asked_page(const page_language& in);

} // namespace invited::handlers
