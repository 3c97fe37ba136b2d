#pragma once

#include "handlers/http/problem.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Reads an Idempotency-Key field: 1-255 visible ASCII characters, bare, or as a quoted string of RFC 8941
/// §3.3.3 (as draft-ietf-httpapi-idempotency-key-header wants). Both spellings give the same key; an
/// absent (empty) field gives an empty one. 400 `invalid_idempotency_key`.
result<std::string> read_idempotency_key(std::string_view field);

} // namespace invited::handlers
