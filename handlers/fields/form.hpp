#pragma once

#include "handlers/fields/fields.hpp"

#include <optional>

namespace invited::handlers {

/// Reads application/x-www-form-urlencoded text (WHATWG URL §5.1, but strict) in place by its table, as
/// read_json_object() does. Escapes must be two hex digits, the result UTF-8 without NUL, and names declared
/// and unique. An integer field with an empty value counts as absent, because a browser sends every input of
/// a form. 400 `malformed_form`.
result<void> read_form(std::span<char> text, std::span<const field_rule> rules, std::span<field_value> values,
                       std::vector<field_error>& errors);

/// The same for a query string. It cannot be changed in place, so it is copied into `storage`, and the values
/// point there. An empty value of a field that is not required counts as absent, because programs that build
/// a query from a form write every field. 400 `malformed_query`.
result<void> read_query(std::string_view query, std::string& storage, std::span<const field_rule> rules,
                        std::span<field_value> values, std::vector<field_error>& errors);

} // namespace invited::handlers
