#pragma once

#include "handlers/redeeming/patient_links.hpp"
#include "handlers/routing/route.hpp"
#include "handlers/tokens/session_token.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/providers.hpp"

namespace invited::handlers {

/// What the calls of this room use. All references must outlive the calls and are this core's.
struct redeeming_parts {
  store::invites& invites;
  store::providers& providers;
  session_tokens& tokens;
  store::entropy& random;
  patient_links links;
  std::chrono::seconds session; ///< how long an opened invite may be used
  system_seconds clock;
};

/// Adds the calls that patients make with a link, and those of the assessment.
void add_redeeming_calls(route_table& to, const redeeming_parts& with);

} // namespace invited::handlers
