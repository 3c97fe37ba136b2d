#pragma once

#include "handlers/tokens/staff_token.hpp"
#include "store/staff/account.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace invited::handlers {

/// The claims of the token that an account gets for its password. `now` is in seconds since 1970.
staff_claims claims_of(const store::account& who, const staff_token_rules& rules, std::int64_t now,
                       std::chrono::seconds lives);

/// How long an account's token may be, in bytes: it goes into a request's head (8 KiB) with other fields.
inline constexpr std::size_t longest_account_token = 6 * 1024;

/// How long the token of an account is, in bytes, without issuer and audience.
std::size_t account_token_size(const store::account& who);

} // namespace invited::handlers
