#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "store/audit/audit_log.hpp"

namespace invited::handlers {

/// GET /audit: who did what with a provider's invites, newest first, a page at a time. Not for portals.
class read_audit final : public staff_endpoint {
public:
  /// Both references must outlive the object and are this core's.
  read_audit(staff_gate& gate, store::audit_log& audit) : gate_(gate), audit_(audit) {}
  task<response> handle(request& r, const principal& who) override;

private:
  staff_gate& gate_;
  store::audit_log& audit_;
};

} // namespace invited::handlers
