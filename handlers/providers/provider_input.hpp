#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/values/create_rules.hpp"
#include "store/providers/provider_settings.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Reads the body of `PUT /providers/{provider_id}`, in place: 400 `malformed_json`, or 422
/// `invalid_content`. A member that is missing or null is not set. `provider_id` may be there, as in the
/// answer to GET, but must be that of the path.
result<store::provider_settings> read_provider_settings(std::span<char> body, std::string_view provider_id,
                                                        const create_rules& rules);

/// What `GET /providers` asks for.
struct provider_list_input {
  std::string after; ///< the page begins after this id; empty: at the start
  std::size_t limit = 50;
};

/// Reads the query string, and reports all its errors at once.
result<provider_list_input> read_provider_list(std::string_view query);

/// The cursor of the page after this id: opaque, URL-safe.
std::string provider_cursor(std::string_view last_id);

} // namespace invited::handlers
