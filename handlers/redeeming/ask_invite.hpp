#pragma once

#include "handlers/http/endpoint.hpp"
#include "store/invites/invites.hpp"

namespace invited::handlers {

/// POST /invite/{invite_id}/ask: the holder of a link that no longer works asks the clinic for a new one. The
/// answer is always 202, so it does not tell whether there is such an invite.
class ask_invite final : public endpoint {
public:
  /// `invites` must outlive the object and is this core's.
  explicit ask_invite(store::invites& invites) : invites_(invites) {}
  task<response> handle(request& r) override;

private:
  store::invites& invites_;
};

} // namespace invited::handlers
