#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "store/counting/analytics.hpp"

namespace invited::handlers {

/// GET /analytics: what happened to the invites of one or several providers, in numbers.
class show_analytics final : public staff_endpoint {
public:
  /// `gate` and `counts` outlive the object and are this core's. `clock` says which days are asked for where
  /// the caller does not; which day an event counts on is Redis's to say.
  show_analytics(staff_gate& gate, store::analytics& counts, system_seconds clock)
      : gate_(gate), counts_(counts), clock_(std::move(clock)) {}
  task<response> handle(request& r, const principal& who) override;

private:
  staff_gate& gate_;
  store::analytics& counts_;
  system_seconds clock_;
};

} // namespace invited::handlers
