#include "handlers/staff/account_token.hpp"

namespace invited::handlers {

staff_claims claims_of(const store::account& who, const staff_token_rules& rules, std::int64_t now,
                       std::chrono::seconds lives) {
  return {.subject = who.username,
          .role = who.role,
          .providers = who.providers,
          .issuer = rules.issuer,
          .audience = rules.audience,
          .issued_at = now,
          .expires_at = now + lives.count(),
          .name = who.name,
          .account_epoch = who.epoch};
}

std::size_t account_token_size(const store::account& who) {
  constexpr std::int64_t some_day = 4'000'000'000;
  return mint_staff_token("any", claims_of(who, {}, some_day, {})).size();
}

} // namespace invited::handlers
