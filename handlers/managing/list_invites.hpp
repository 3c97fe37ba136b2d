#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "store/audit/audit_digest.hpp"
#include "store/invites/invites.hpp"

namespace invited::handlers {

/// GET /invites: a provider's invites, newest first, a page at a time, without their links.
class list_invites final : public staff_endpoint {
public:
  /// All references must outlive the object and are this core's.
  list_invites(staff_gate& gate, store::invites& invites, store::audit_digest& audit)
      : gate_(gate), invites_(invites), audit_(audit) {}
  task<response> handle(request& r, const principal& who) override;

private:
  staff_gate& gate_;
  store::invites& invites_;
  store::audit_digest& audit_;
};

} // namespace invited::handlers
