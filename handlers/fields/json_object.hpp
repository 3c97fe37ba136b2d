#pragma once

#include "handlers/fields/fields.hpp"

#include <optional>

namespace invited::handlers {

/// Reads a body that must be one JSON object, in place, by its table. After a problem (400 `malformed_json`)
/// nothing else counts. Otherwise `errors` has everything that is wrong with its fields, and the caller goes
/// on to check the good values before it answers. `values` must be fresh and as many as `rules`.
result<void> read_json_object(std::span<char> body, std::span<const field_rule> rules,
                              std::span<field_value> values, std::vector<field_error>& errors);

} // namespace invited::handlers
