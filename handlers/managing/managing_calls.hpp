#pragma once

#include "handlers/routing/route.hpp"
#include "store/async/worker.hpp"
#include "store/audit/audit_digest.hpp"
#include "store/invites/invites.hpp"

namespace invited::handlers {

/// What the calls of this room use. All references must outlive the calls and are this core's.
struct managing_parts {
  staff_gate& gate;
  store::invites& invites;
  store::audit_digest& digest;
  worker& painter;      ///< draws QR codes
  std::string base_url; ///< without a trailing slash
};

/// Adds the calls by which staff manage invites.
void add_managing_calls(route_table& to, const managing_parts& with);

} // namespace invited::handlers
