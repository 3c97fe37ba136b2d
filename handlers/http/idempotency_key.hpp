#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"

#include <string>
#include <string_view>

namespace invited::handlers {

/// Reads an Idempotency-Key field: 1-255 visible ASCII characters, bare, or as a quoted string of RFC 8941
/// §3.3.3 (as draft-ietf-httpapi-idempotency-key-header wants). Both spellings give the same key. 400
/// `invalid_idempotency_key`, also for an empty field: its sender believes to be protected.
result<std::string> read_idempotency_key(std::string_view field);

/// The key of a request; empty if the field is not there.
result<std::string> idempotency_key_of(const request& r);

} // namespace invited::handlers
