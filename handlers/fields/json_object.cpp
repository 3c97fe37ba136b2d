#include "handlers/fields/json_object.hpp"

#include "handlers/fields/json_fields.hpp"

namespace invited::handlers {

result<void> read_json_object(std::span<char> body, std::span<const field_rule> rules,
                              std::span<field_value> values, std::vector<field_error>& errors) {
  json_fields fields(rules, values, errors);
  return parse_json(body, fields);
}

} // namespace invited::handlers
