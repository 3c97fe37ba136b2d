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

/// Charges callers and their providers what a call costs (`staff_quota`), and answers those who have used up
/// theirs: 429 `rate_limited`, with the same fields as a creation's. One object a core.
class staff_meter {
public:
  struct cost {
    std::string_view provider_id;
    std::uint32_t units;
  };

  /// `quota` is shared by all cores; both outlive the object.
  staff_meter(staff_quota& quota, store::accounts& accounts) : quota_(quota), accounts_(accounts) {}

  /// Charges `who` `own` units, and each provider its own, all or nothing. The refusal, or nothing.
  step<> charge(const principal& who, std::uint32_t own, std::span<const cost> of, const request& r);

  /// `own` units of the caller's, and one of the first provider's that the caller speaks for.
  step<> charge_call(const principal& who, const request& r, std::uint32_t own = 1);

  /// One of an account's, before anything is known of it but the name.
  step<> charge_account(const store::handle& name, const request& r);

  /// The refusal if `who` has not a unit left; takes none.
  step<> check_unspent(const principal& who, const request& r);

  /// Puts back what a call did not need.
  void give_back(const principal& who, std::uint32_t own, std::span<const cost> of);

  /// Calls that were refused; may be read on any thread.
  const store::tally& refusals() const { return refusals_; }

private:
  std::uint64_t bucket_of(const principal& who) const;
  step<> answer_to(const std::optional<staff_quota::refusal>& refused, const request& r);

  staff_quota& quota_;
  store::accounts& accounts_;
  store::tally refusals_;
};

} // namespace invited::handlers
