#pragma once

#include "handlers/http/endpoint.hpp"
#include "store/invites/invites.hpp"

namespace invited::handlers {

/// POST /invite/{invite_id}/ask: whoever holds a link that does not work for them asks the clinic for a new
/// one. 202 whether there is such an invite or not, so that it tells nothing.
class ask_invite final : public endpoint {
public:
  /// `invites` outlives the object and is this core's.
  explicit ask_invite(store::invites& invites) : invites_(invites) {}
  task<response> handle(request& r) override;

private:
  store::invites& invites_;
};

} // namespace invited::handlers
