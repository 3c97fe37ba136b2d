#include "handlers/redeeming/redeem_input.hpp"

#include "handlers/fields/fields.hpp"
#include "handlers/fields/form.hpp"
#include "handlers/fields/json_object.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/http/cookies.hpp"
#include "handlers/http/idempotency_key.hpp"
#include "handlers/text/typed.hpp"
#include "handlers/values/values.hpp"

#include <array>
#include <utility>

namespace invited::handlers {

namespace {

enum : std::size_t { redeem_key, answer, field_count };

constexpr std::array<field_rule, field_count> redeem_fields{{
    {.name = "redeem_key"},
    {.name = "answer"},
}};

using field_values = std::array<field_value, field_count>;

result<void> read_body(const request& r, field_values& values, std::vector<field_error>& errors,
                       bool& is_form) {
  switch (read_content_type(r[field::content_type])) {
  case body_type::none:
    if (r.body.empty()) return {};
    break;
  case body_type::json: return read_json_object(r.body, redeem_fields, values, errors);
  case body_type::form: is_form = true; return read_form(r.body, redeem_fields, values, errors);
  case body_type::other: break;
  }
  return unsupported_media_type(accepted_json_or_form);
}

/// Takes the key of the body or of the field. Both are checked, so that all errors come at once. A form's
/// hidden input is sent empty if no script has filled it, and then means no key. In JSON an empty key is
/// wrong.
void choose_key(const field_value& in_body, const std::string& in_field, redeem_input& out,
                std::vector<field_error>& errors) {
  const bool given = in_body.good() && !(out.form && in_body.text.empty());
  if (given) note(errors, "/redeem_key", check_redeem_key(in_body.text));
  if (!in_field.empty()) {
    if (auto found = check_redeem_key(in_field); !found) {
      flaw is = std::move(found).error();
      is.message.insert(0, "Idempotency-Key counts as redeem key here. ");
      note(errors, "", std::move(is));
    }
  }
  if (given && !in_field.empty() && in_body.text != in_field)
    errors.push_back({"/redeem_key", "conflicting_keys",
                      "Redeem key and Idempotency-Key must be the same when both are there."});
  out.redeem_key = given ? in_body.text : std::string_view(in_field);
}

} // namespace

result<redeem_input> read_redeem(const request& r) {
  redeem_input out;
  field_values values{};
  std::vector<field_error> errors;
  if (auto read = read_body(r, values, errors, out.form); !read) return std::move(read).error();
  const result<std::string> key_field = idempotency_key_of(r);
  if (!key_field) return key_field.error();

  choose_key(values[redeem_key], *key_field, out, errors);
  if (values[answer].good()) {
    std::string_view typed = typed_trim(values[answer].text);
    if (typed.empty())
      typed = values[answer].text; // blanks alone are judged like other texts that are no answer
    note(errors, "/answer", check_answer(typed));
    out.answer = typed;
  }
  if (!errors.empty()) return invalid_content(std::move(errors));

  if (out.redeem_key.empty()) {
    const auto cookie = find_cookie(r[field::cookie], redeem_cookie);
    if (cookie && !cookie->empty() && check_redeem_key(*cookie)) out.redeem_key = *cookie;
  }
  return out;
}

} // namespace invited::handlers
