#pragma once

#include "handlers/http/response.hpp"
#include "store/invites/invites.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace invited::handlers {

/// Adds RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers) for a bucket called `name` (at
/// most 16 plain characters): what it allows, what is left, and in how many seconds it is full again
/// (in a refusal: has what the call costs, as Retry-After says, too).
void add_rate_fields(response& out, std::string_view name, const store::rate& policy,
                     const store::bucket& now);

/// How long to wait, in whole seconds, rounded up, at least 1.
std::int64_t retry_seconds(std::chrono::milliseconds wait);

/// Adds Retry-After in whole seconds, rounded up, at least 1 (RFC 9110 §10.2.3).
void add_retry_after(response& out, std::chrono::milliseconds wait);

} // namespace invited::handlers
