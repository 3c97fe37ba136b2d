#include "handlers/answers/require_no_fields.hpp"

#include "handlers/answers/require_json.hpp"
#include "handlers/fields/form.hpp"
#include "handlers/fields/json_object.hpp"
#include "handlers/http/content_type.hpp"

namespace invited::handlers {

step<> require_no_fields(const request& r, bool takes_forms) {
  if (r.body.empty()) return {};
  std::vector<field_error> errors;
  const bool is_form = takes_forms && read_content_type(r[field::content_type]) == body_type::form;
  if (step<> is_json = is_form ? step<>() : require_json(r); !is_json) return is_json;
  auto read = is_form ? read_form(r.body, {}, {}, errors) : read_json_object(r.body, {}, {}, errors);
  if (read && !errors.empty()) read = invalid_content(std::move(errors));
  if (!read) return answer(read.error(), r);
  return {};
}

} // namespace invited::handlers
