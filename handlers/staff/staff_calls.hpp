#pragma once

#include "handlers/routing/route.hpp"
#include "handlers/staff/device_cookie.hpp"
#include "handlers/staff/password_gate.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "store/staff/sign_ins.hpp"

namespace invited::handlers {

/// What the calls of this room use. All references must outlive the calls and are this core's.
struct staff_parts {
  password_gate& passwords;
  store::accounts& accounts;
  store::sign_ins& sign_ins;
  store::audit_log& audit;
  const staff_cookie& cookie;
  const device_cookie& devices;
  worker& password_worker; ///< as in password_gate
  store::entropy& random;
  std::string_view secret; ///< it signs HS256 tokens; must outlive the calls
  staff_token_rules rules; ///< the rules that the verifier applies to them
  system_seconds clock;
};

/// Adds the calls of an account: sign-in, token, password, and the pages.
void add_staff_calls(route_table& to, const staff_parts& with);

} // namespace invited::handlers
