#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/invites/invites.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What `GET /invites` asks for.
struct list_input {
  store::list_query query; ///< points into `storage` and, for its provider_id, perhaps into the principal
  std::string storage;

  list_input() = default;
  list_input(const list_input&) = delete;
  list_input& operator=(const list_input&) = delete;
};

/// Reads the query string, and reports all its errors at once. If the query names no provider, it is the only
/// one of `who`. It does not check whether `who` may use the named provider.
result<void> read_list(std::string_view query, const principal& who, list_input& out);

/// A position in the list as callers see it: opaque, URL-safe.
std::string cursor_text(const store::index_position& at);

} // namespace invited::handlers
