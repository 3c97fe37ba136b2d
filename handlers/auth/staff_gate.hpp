#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/auth/staff_cookie.hpp"
#include "handlers/auth/staff_meter.hpp"
#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/limits/address_limiter.hpp"
#include "handlers/tokens/errc.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "handlers/tokens/token_cache.hpp"
#include "store/async/task.hpp"
#include "store/audit/audit_digest.hpp"
#include "store/base/tally.hpp"
#include "store/staff/accounts.hpp"
#include "store/staff/sign_ins.hpp"

#include <memory>

namespace invited::handlers {

/// Whoever makes a request; never null.
using caller_ptr = std::shared_ptr<const principal>;

/// Finds the caller of a staff request, by bearer token or by the cookie of a sign-in. A cookie, and a token
/// of an account on this server, are good as long as Redis says so. All other tokens are judged by
/// themselves. One object a core.
class staff_gate {
public:
  /// Accounts and sign-ins; both are this core's.
  struct staff_store {
    store::accounts& accounts;
    store::sign_ins& sign_ins;
  };

  /// All cores share `failures` and `quota`. Checking a signature costs up to 70 µs, so an address that keeps
  /// failing must wait. All references must outlive the object.
  staff_gate(staff_verifier& verifier, address_limiter& failures, staff_quota& quota,
             store::audit_digest& audit, const staff_store& staff, const staff_cookie& cookie,
             system_seconds clock);

  /// What a caller is charged for being admitted.
  enum class price {
    unit, ///< one unit, of the caller and of the first provider
    none, ///< what the call creates is charged to its provider's bucket
  };

  /// The caller, or the refusal: 401, 429 after too many failures from one address or too many calls of this
  /// caller, 403 for another site's page, or 503. May set r.set_cookie. `r` must live until it is done.
  task<step<caller_ptr>> admit(request& r, price costs = price::unit);

  /// Charges what a call costs beyond the price of admit() (see staff_meter). Returns the 429, if any.
  step<> bill(const principal& who, std::uint32_t own, std::span<const staff_meter::cost> of,
              const request& r) {
    return meter_.charge(who, own, of, r);
  }

  /// Gives back units that a call was charged and did not need.
  void give_back(const principal& who, std::uint32_t own, std::span<const staff_meter::cost> of) {
    meter_.give_back(who, own, of);
  }

  /// For a call that was admitted free of charge but creates nothing. If Redis was asked for the caller, it
  /// costs what another call costs.
  void charge_in_vain(const principal& who, const request& r);

  /// The caller of a request with much content, judged by its head; or the refusal. Only a token is accepted
  /// here, because it can be checked at once. Anybody could invent a cookie.
  step<caller_ptr> admit_early(const request& r);

  /// The 403 for a provider that is not the caller's, or for an act that the role forbids. It leaves a trace
  /// in the audit of the caller's provider: a line, or one more in a count. It costs one more unit; if the
  /// caller has none left, the answer is 429 and leaves no trace. Both references must live until it is done.
  task<response> refuse_foreign(const principal& who, const request& r);
  task<response> refuse_role(const principal& who, const request& r);

  /// How many requests were refused because of failures of their address. May be read on any thread.
  const store::tally& refused_addresses() const { return refused_addresses_; }

  /// How many calls the staff's quota refused. May be read on any thread.
  const store::tally& refused_calls() const { return meter_.refusals(); }

private:
  task<response> refuse(problem p, const principal& who, const request& r);
  step<caller_ptr> find_bearer(const request& r);
  task<step<caller_ptr>> admit_account(caller_ptr who, const request& r);
  task<step<caller_ptr>> admit_cookie(std::string_view token, request& r, price costs);
  step<> pay(const principal& who, price costs, const request& r);
  step<caller_ptr> verify(std::string_view token, const request& r);

  staff_verifier& verifier_;
  token_cache verified_;
  address_limiter& failures_;
  store::audit_digest& audit_;
  staff_store staff_;
  const staff_cookie& cookie_;
  staff_meter meter_;
  system_seconds clock_;
  store::tally refused_addresses_;
};

/// 403 `foreign_provider`: the request named a provider for which its token is not valid.
problem foreign_provider();

/// 401 `unauthorized` with WWW-Authenticate (RFC 6750 §3). `why` is a token_errc.
response unauthorized(const request& r, boost::system::error_code why);

} // namespace invited::handlers
