#pragma once

#include "handlers/fields/fields.hpp"
#include "handlers/values/create_rules.hpp"
#include "store/invites/challenge.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

/// The body of a create call, checked. The views point into the body.
struct create_input {
  std::string_view email; ///< trimmed, as both names; empty: none, and then there is a phone
  std::string_view first_name;
  std::string_view last_name;
  std::string_view provider_id;
  std::string locale;                        ///< empty: none
  std::string phone;                         ///< E.164; empty: none
  std::optional<std::int64_t> expires_in;    ///< seconds
  std::optional<store::challenge> challenge; ///< what a patient must answer to open it
  std::string_view external_id;              ///< the portal's own reference; empty: none
};

/// The table of the body's fields, in the order that check_create() expects.
inline constexpr std::size_t create_field_count = 11;
extern const std::array<field_rule, create_field_count> create_fields;

/// Checks the values of one object that was read by `create_fields`, and fills `out`. Notes every flaw in
/// `errors`. A bulk call does this for each of its rows.
void check_create(std::span<const field_value> values, const create_rules& rules, create_input& out,
                  std::vector<field_error>& errors);

/// Reads a whole body, in place. 400 `malformed_json` or 422 `invalid_content`.
result<create_input> read_create(std::span<char> body, const create_rules& rules);

} // namespace invited::handlers
