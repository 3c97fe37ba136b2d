#include "handlers/auth/staff_meter.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/limits/rate_fields.hpp"

#include <vector>

namespace invited::handlers {
namespace {

using clock = staff_quota::clock;

std::vector<staff_quota::share> shares_of(const staff_quota& quota, std::uint64_t caller, std::uint32_t own,
                                          std::span<const staff_meter::cost> of) {
  std::vector<staff_quota::share> shares;
  shares.reserve(1 + of.size());
  shares.push_back({caller, own});
  for (const staff_meter::cost& c : of) shares.push_back({quota.of_provider(c.provider_id), c.units});
  return shares;
}

} // namespace

std::uint64_t staff_meter::bucket_of(const principal& who) const {
  // An account has one bucket, whether it comes by cookie or with a token.
  if (who.account_epoch) return quota_.of_account(accounts_.name_of(who.subject));
  return quota_.of_token(who.signed_by, who.subject);
}

step<> staff_meter::charge(const principal& who, std::uint32_t own, std::span<const cost> of,
                           const request& r) {
  return answer_to(quota_.take(shares_of(quota_, bucket_of(who), own, of), clock::now()), r);
}

step<> staff_meter::charge_call(const principal& who, const request& r, std::uint32_t own) {
  if (who.providers.empty()) return charge(who, own, {}, r);
  const cost first{who.providers.front(), 1};
  return charge(who, own, {&first, 1}, r);
}

step<> staff_meter::charge_account(const store::handle& name, const request& r) {
  const staff_quota::share one{quota_.of_account(name), 1};
  return answer_to(quota_.take({&one, 1}, clock::now()), r);
}

step<> staff_meter::check_unspent(const principal& who, const request& r) {
  return answer_to(quota_.peek(bucket_of(who), clock::now()), r);
}

void staff_meter::give_back(const principal& who, std::uint32_t own, std::span<const cost> of) {
  quota_.give_back(shares_of(quota_, bucket_of(who), own, of));
}

step<> staff_meter::answer_to(const std::optional<staff_quota::refusal>& refused, const request& r) {
  if (!refused) return {};
  ++refusals_;
  const problem p{.status = 429,
                  .code = "rate_limited",
                  .detail = "This caller, or a provider that it names, has used up its calls for now."};
  response out = answer(p, r);
  add_retry_after(out, refused->wait);
  // Both fields name the same moment.
  add_rate_fields(out, "staff", quota_.policy(), {.left = refused->left.left, .full_in = refused->wait});
  return out;
}

} // namespace invited::handlers
