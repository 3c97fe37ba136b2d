#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

enum class role : std::uint8_t { clinician, physician, portal, admin };

std::string_view name_of(role r);
std::optional<role> role_named(std::string_view name);

/// The caller that a staff token or the cookie of a sign-in names. Every value was checked (staff_token.hpp).
struct principal {
  std::string issuer;  ///< empty if the token names none
  std::string subject; ///< 1-255 bytes, no control characters
  std::string name;    ///< for display; may be empty
  handlers::role role = role::clinician;
  std::vector<std::string>
      providers;               ///< in the token's order, each once; empty for an admin, who may use all
  std::int64_t expires_at = 0; ///< seconds since 1970; expired ⇔ expires_at ≤ now

  std::uint32_t signed_by = 0; ///< the index of the configured key that signed the token

  /// Only for accounts on this server: the account's epoch at the sign-in. The principal is valid as long as
  /// the account has that epoch (store/staff/accounts.hpp).
  std::optional<std::int64_t> account_epoch{};

  bool may_use(std::string_view provider_id) const;
};

} // namespace invited::handlers
