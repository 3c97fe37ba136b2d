#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "store/counting/analytics.hpp"

namespace invited::handlers {

/// GET /analytics: what happened to the invites of one or several providers, in numbers.
class show_analytics final : public staff_endpoint {
public:
  /// `gate` and `counts` must outlive the object and are this core's. `clock` gives the days if the caller
  /// names none. Redis decides on which day an event counts.
  show_analytics(staff_gate& gate, store::analytics& counts, system_seconds clock)
      : gate_(gate), counts_(counts), clock_(std::move(clock)) {}
  task<response> handle(request& r, const principal& who) override;

private:
  staff_gate& gate_;
  store::analytics& counts_;
  system_seconds clock_;
};

} // namespace invited::handlers
