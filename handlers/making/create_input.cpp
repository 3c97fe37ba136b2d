#include "handlers/making/create_input.hpp"

#include "handlers/fields/json_object.hpp"
#include "handlers/text/typed.hpp"
#include "handlers/values/challenge_input.hpp"
#include "handlers/values/phone.hpp"
#include "handlers/values/values.hpp"

#include <algorithm>
#include <utility>

namespace invited::handlers {

namespace {

enum : std::size_t {
  email,
  first_name,
  last_name,
  phone,
  provider_id,
  expires_in,
  locale,
  challenge,
  challenge_kind,
  challenge_answer,
  external_id
};

/// Nothing is there that could be meant as a value.
bool is_none(const field_value& v) {
  return v.is == field_value::state::absent || (v.good() && typed_trim(v.text).empty());
}

/// Whether the body, or the row, is no object. Then nothing of it was read.
bool is_no_object(const std::vector<field_error>& errors) {
  return std::ranges::any_of(
      errors, [](const field_error& e) { return e.pointer.empty() && e.code == "wrong_type"; });
}

/// Without both there is no way to send the patient the link.
void check_contact(std::span<const field_value> values, std::vector<field_error>& errors) {
  if (!is_none(values[email]) || !is_none(values[phone]) || is_no_object(errors)) return;
  for (const std::size_t field : {email, phone}) {
    note(errors, create_fields[field],
         flaw{"required", "An e-mail address or a phone number is required; one of the two is enough."});
  }
}

/// An answer can only be judged by its kind.
void check_challenge(std::span<const field_value> values, const create_rules& rules, create_input& out,
                     std::vector<field_error>& errors) {
  if (!values[challenge_kind].good()) return;
  const auto kind = store::challenge_kind_named(values[challenge_kind].text);
  if (!kind) {
    note(errors, create_fields[challenge_kind], flaw{"unknown_kind", "This must be birth_date or code."});
  } else if (values[challenge_answer].good()) {
    out.challenge.emplace(store::challenge{*kind, {}});
    take(errors, create_fields[challenge_answer],
         read_right_answer(*kind, values[challenge_answer].text, rules.clock()), out.challenge->answer);
  }
}

} // namespace

const std::array<field_rule, create_field_count> create_fields{{
    {.name = "email"},
    {.name = "first_name", .required = true},
    {.name = "last_name", .required = true},
    {.name = "phone"},
    {.name = "provider_id", .required = true},
    {.name = "expires_in", .kind = field_kind::integer},
    {.name = "locale"},
    {.name = "challenge", .kind = field_kind::object},
    {.name = "kind", .required = true, .within = "challenge"},
    {.name = "answer", .required = true, .within = "challenge"},
    {.name = "external_id"},
}};

void check_create(std::span<const field_value> values, const create_rules& rules, create_input& out,
                  std::vector<field_error>& errors) {
  out.email = values[email].text;
  out.first_name = values[first_name].text;
  out.last_name = values[last_name].text;
  out.provider_id = values[provider_id].text;
  if (values[email].good()) take(errors, create_fields[email], read_optional_email(out.email), out.email);
  if (values[first_name].good())
    take(errors, create_fields[first_name], read_name(out.first_name), out.first_name);
  if (values[last_name].good())
    take(errors, create_fields[last_name], read_name(out.last_name), out.last_name);
  if (values[phone].good())
    take(errors, create_fields[phone], read_phone(values[phone].text, rules.default_region), out.phone);
  check_contact(values, errors);
  if (values[provider_id].good())
    note(errors, create_fields[provider_id], check_provider_id(out.provider_id));
  if (values[locale].good())
    take(errors, create_fields[locale], read_locale(values[locale].text), out.locale);
  if (values[expires_in].good()) {
    out.expires_in = values[expires_in].number;
    note(errors, create_fields[expires_in], check_expires_in(*out.expires_in, rules.ttl_min, rules.ttl_max));
  }
  if (values[challenge].good()) check_challenge(values, rules, out, errors);
  if (values[external_id].good())
    take(errors, create_fields[external_id], read_external_id(values[external_id].text), out.external_id);
}

result<create_input> read_create(std::span<char> body, const create_rules& rules) {
  std::array<field_value, create_field_count> values{};
  std::vector<field_error> errors;
  result<create_input> out{boost::system::in_place_value};
  if (auto read = read_json_object(body, create_fields, values, errors); !read) {
    out = std::move(read).error();
    return out;
  }
  check_create(values, rules, *out, errors);
  if (!errors.empty()) out = invalid_content(std::move(errors));
  return out;
}

} // namespace invited::handlers
