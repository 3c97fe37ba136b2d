#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/limits/staff_quota.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/base/tally.hpp"
#include "store/staff/accounts.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace invited::handlers {

/// Charges callers and their providers what a call costs (`staff_quota`). If they have used up their units,
/// the answer is 429 `rate_limited`, with the same fields as for a creation. One object a core.
class staff_meter {
public:
  struct cost {
    std::string_view provider_id;
    std::uint32_t units;
  };

  /// All cores share `quota`. Both must outlive the object.
  staff_meter(staff_quota& quota, store::accounts& accounts) : quota_(quota), accounts_(accounts) {}

  /// Charges `who` `own` units, and each provider its units: all of these or none. Returns the refusal, if
  /// any.
  step<> charge(const principal& who, std::uint32_t own, std::span<const cost> of, const request& r);

  /// Charges `own` units of the caller, and one unit of the caller's first provider.
  step<> charge_call(const principal& who, const request& r, std::uint32_t own = 1);

  /// Charges an account one unit, when only its name is known.
  step<> charge_account(const store::handle& name, const request& r);

  /// The refusal if `who` has no unit left. Takes none.
  step<> check_unspent(const principal& who, const request& r);

  /// Gives back units that a call did not need.
  void give_back(const principal& who, std::uint32_t own, std::span<const cost> of);

  /// How many calls were refused. May be read on any thread.
  const store::tally& refusals() const { return refusals_; }

private:
  std::uint64_t bucket_of(const principal& who) const;
  step<> answer_to(const std::optional<staff_quota::refusal>& refused, const request& r);

  staff_quota& quota_;
  store::accounts& accounts_;
  store::tally refusals_;
};

} // namespace invited::handlers
