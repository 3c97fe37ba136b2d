#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"

namespace invited::handlers {

/// GET /users/me: the caller, by token or cookie.
class show_me final : public staff_endpoint {
public:
  task<response> handle(request& r, const principal& who) override;
};

/// POST /sign-out: ends the sign-in of the cookie, or every sign-in and bearer token of the account. A single
/// bearer token cannot be ended: 409 `no_session`.
class sign_out final : public staff_endpoint {
public:
  /// All references must outlive the object and are this core's.
  sign_out(const staff_gate::staff_store& staff, store::audit_log& audit, const staff_cookie& cookie,
           system_seconds clock)
      : staff_(staff), audit_(audit), cookie_(cookie), clock_(std::move(clock)) {}
  task<response> handle(request& r, const principal& who) override;

private:
  task<store::result<void>> end_all(const principal& who);

  staff_gate::staff_store staff_;
  store::audit_log& audit_;
  const staff_cookie& cookie_;
  system_seconds clock_;
};

} // namespace invited::handlers
