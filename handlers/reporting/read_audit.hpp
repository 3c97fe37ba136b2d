#pragma once

#include "handlers/auth/staff_gate.hpp"
#include "handlers/http/endpoint.hpp"
#include "store/audit/audit_log.hpp"

namespace invited::handlers {

/// GET /audit: who did what with a provider's invites, newest first, a page at a time. Not for portals.
class read_audit final : public endpoint {
public:
  /// Both outlive the object and are this core's.
  read_audit(staff_gate& gate, store::audit_log& audit) : gate_(gate), audit_(audit) {}
  task<response> handle(request& r) override;

private:
  staff_gate& gate_;
  store::audit_log& audit_;
};

} // namespace invited::handlers
