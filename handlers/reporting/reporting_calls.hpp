#pragma once

#include "handlers/routing/route.hpp"
#include "store/audit/audit_log.hpp"
#include "store/counting/analytics.hpp"

namespace invited::handlers {

/// What the calls of this room use. All references must outlive the calls and are this core's.
struct reporting_parts {
  staff_gate& gate;
  store::analytics& counts;
  store::audit_log& audit;
  system_seconds clock;
};

/// Adds the calls by which staff read about many invites at a time.
void add_reporting_calls(route_table& to, const reporting_parts& with);

} // namespace invited::handlers
