#pragma once

#include "handlers/auth/errc.hpp"
#include "handlers/auth/staff_token.hpp"
#include "handlers/auth/token_cache.hpp"
#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/limits/address_limiter.hpp"
#include "store/async/task.hpp"
#include "store/audit/audit_log.hpp"
#include "store/tally.hpp"

#include <memory>

namespace invited::handlers {

/// Who a staff request comes from. One object a core.
class staff_gate {
public:
  /// `failures` is shared by all cores: a signature costs up to 70 µs to check, so who keeps failing is told
  /// to wait. All references outlive the object.
  staff_gate(staff_verifier& verifier, address_limiter& failures, store::audit_log& audit,
             system_seconds clock);

  /// The caller, or null and the refusal in `refused`: 401, or 429 after too many failures from one address.
  std::shared_ptr<const principal> admit(const request& r, response& refused);

  /// 403, and a line in the audit of the caller's provider: a provider that the token does not speak for, or
  /// a thing that is not for its role. Both references must live until it is done.
  task<response> refuse_foreign(const principal& who, const request& r);
  task<response> refuse_role(const principal& who, const request& r);

  /// Requests refused because of their address's failures; may be read on any thread.
  const store::tally& refused_addresses() const { return refused_addresses_; }

private:
  task<response> refuse(problem p, const principal& who, const request& r);
  std::shared_ptr<const principal> verify(std::string_view token, const request& r, response& refused);

  staff_verifier& verifier_;
  token_cache verified_;
  address_limiter& failures_;
  store::audit_log& audit_;
  system_seconds clock_;
  store::tally refused_addresses_;
};

/// 403 `foreign_provider`: a token named a provider that it does not speak for.
problem foreign_provider();

/// 401 `unauthorized` with WWW-Authenticate (RFC 6750 §3). `why` is a token_errc.
response unauthorized(const request& r, boost::system::error_code why);

} // namespace invited::handlers
