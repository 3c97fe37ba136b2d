#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/audit/audit_log.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What `GET /audit` asks for.
struct audit_input {
  store::audit_query query; ///< points into `storage` and, for its provider_id, perhaps into the principal
  std::string storage;
  bool nothing = false; ///< the named ref is of another group than the provider, so there can be no event

  audit_input() = default;
  audit_input(const audit_input&) = delete;
  audit_input& operator=(const audit_input&) = delete;
};

/// Reads the query string, and reports all its errors at once. If the query names no provider, it is the only
/// one of `who`. It does not check whether `who` may use the named provider.
result<void> read_audit_query(std::string_view query, const principal& who, audit_input& out);

/// A position in the audit as callers see it: opaque, URL-safe.
std::string cursor_text(const store::audit_position& at);

} // namespace invited::handlers
