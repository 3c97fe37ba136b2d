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

#include <coroutine>
#include <memory>
#include <optional>

namespace invited::handlers {

/// Who a call comes from, or null. Awaited once: at once where Redis need not be asked, which is every
/// portal's call, and then without a coroutine of its own.
class [[nodiscard]] admission {
public:
  using caller = std::shared_ptr<const principal>;

  explicit admission(caller known) : known_(std::move(known)) {}
  explicit admission(task<caller> asked) : asked_(std::move(asked)) {}

  bool await_ready() const noexcept { return !asked_; }
  bool await_suspend(std::coroutine_handle<> waiter) { return asked_->await_suspend(waiter); }
  caller await_resume() { return asked_ ? asked_->take() : std::move(known_); }

private:
  caller known_{};
  std::optional<task<caller>> asked_{};
};

/// Who a staff request comes from: by bearer token, or by the cookie of a sign-in. A token that speaks for an
/// account here, and a cookie, are good as long as Redis says so; all other tokens speak for themselves. One
/// object a core.
class staff_gate {
public:
  /// Where accounts and sign-ins are kept; both are this core's.
  struct staff_store {
    store::accounts& accounts;
    store::sign_ins& sign_ins;
  };

  /// `failures` is shared by all cores: a signature costs up to 70 µs to check, so who keeps failing is told
  /// to wait. So is `quota`. All references outlive the object.
  staff_gate(staff_verifier& verifier, address_limiter& failures, staff_quota& quota,
             store::audit_digest& audit, const staff_store& staff, const staff_cookie& cookie,
             system_seconds clock);

  /// What a caller is charged for being admitted.
  enum class price {
    unit, ///< one, of the caller and of the first provider
    none, ///< the call is paid for by what it makes, from its provider's bucket
  };

  /// To be awaited: the caller, or null and the refusal in `refused`: 401, 429 after too many failures from
  /// one address or too many calls of this caller, 403 for another site's page, 503. May set r.set_cookie.
  /// Both live until it is done.
  admission admit(request& r, response& refused, price costs = price::unit);

  /// Charges what a call costs beyond admit()'s price (see staff_meter); the 429, or nothing.
  step<> bill(const principal& who, std::uint32_t own, std::span<const staff_meter::cost> of,
              const request& r) {
    return meter_.charge(who, own, of, r);
  }

  /// Puts back what a call was charged and did not need.
  void give_back(const principal& who, std::uint32_t own, std::span<const staff_meter::cost> of) {
    meter_.give_back(who, own, of);
  }

  /// For a call that was admitted for nothing and makes nothing: where Redis was asked who calls, it costs
  /// what another call would.
  void charge_in_vain(const principal& who, const request& r);

  /// Who the head of a request with much content comes from, or null and the refusal in `refused`: there,
  /// only a token is taken, which can be judged at once. A cookie could be anybody's invention.
  std::shared_ptr<const principal> admit_early(const request& r, response& refused);

  /// 403, and its trace in the audit of the caller's provider (a line, or one more in a count): a provider
  /// that the token does not speak for, or a thing that is not for its role. Costs a unit more; 429, and no
  /// trace, for whoever has none left. Both references must live until it is done.
  task<response> refuse_foreign(const principal& who, const request& r);
  task<response> refuse_role(const principal& who, const request& r);

  /// Requests refused because of their address's failures; may be read on any thread.
  const store::tally& refused_addresses() const { return refused_addresses_; }

  /// Calls refused by the staff's quota; may be read on any thread.
  const store::tally& refused_calls() const { return meter_.refusals(); }

private:
  task<response> refuse(problem p, const principal& who, const request& r);
  std::shared_ptr<const principal> find_bearer(const request& r, response& refused);
  task<std::shared_ptr<const principal>> admit_account(std::shared_ptr<const principal> who, const request& r,
                                                       response& refused);
  task<std::shared_ptr<const principal>> admit_cookie(std::string_view token, request& r, response& refused,
                                                      price costs);
  bool pays(const principal& who, price costs, const request& r, response& refused);
  std::shared_ptr<const principal> verify(std::string_view token, const request& r, response& refused);

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

/// 403 `foreign_provider`: a token named a provider that it does not speak for.
problem foreign_provider();

/// 401 `unauthorized` with WWW-Authenticate (RFC 6750 §3). `why` is a token_errc.
response unauthorized(const request& r, boost::system::error_code why);

} // namespace invited::handlers
