#pragma once

#include "handlers/making/bulk_places.hpp"
#include "handlers/making/creation_replies.hpp"
#include "handlers/making/invite_creator.hpp"
#include "handlers/routing/route.hpp"
#include "store/async/turn.hpp"
#include "store/base/tally.hpp"
#include "store/invites/invites.hpp"

namespace invited::handlers {

/// What the calls of this room use. All references must outlive the calls and are this core's, except
/// `bulks`, which all cores share.
struct making_parts {
  staff_gate& gate;
  invite_creator& creator;
  creation_judge& judge;
  const creation_replies& replies;
  store::invites& invites;
  provider_terms& terms;
  bulk_places& bulks;
  store::tally& refused_bulks; ///< counts callers that had another bulk call under way
  turn& loop;
  fault_observer on_fault; ///< called with what a row of a bulk call threw
};

/// Adds the calls that make invites.
void add_making_calls(route_table& to, const making_parts& with);

} // namespace invited::handlers
