#pragma once

#include "handlers/routing/route.hpp"
#include "handlers/values/create_rules.hpp"
#include "store/crypto/sealer.hpp"
#include "store/providers/providers.hpp"

namespace invited::handlers {

/// What the calls of this room use. All references must outlive the calls and are this core's.
struct providers_parts {
  staff_gate& gate;
  store::providers& known;
  store::sealer& seals;
  create_rules rules; ///< the limits of a provider's settings
};

/// Adds the calls for settings of providers.
void add_providers_calls(route_table& to, const providers_parts& with);

} // namespace invited::handlers
