#include "handlers/staff/sign_in_input.hpp"

#include "handlers/fields/fields.hpp"
#include "handlers/fields/form.hpp"
#include "handlers/fields/json_object.hpp"
#include "handlers/text/charset.hpp"
#include "handlers/text/typed.hpp"
#include "store/crypto/bytes.hpp"
#include "store/crypto/secret_text.hpp"

#include <array>

namespace invited::handlers {
namespace {

constexpr std::size_t longest_username = 254;
constexpr charset visible_ascii("!-~");

enum : std::size_t { username, password, grant_type, scope, client_id, client_secret, field_count };

constexpr std::array<field_rule, field_count> fields{{
    {.name = "username", .required = true},
    {.name = "password", .required = true},
    {.name = "grant_type"},
    {.name = "scope"},
    {.name = "client_id"},
    {.name = "client_secret"},
}};
constexpr std::size_t json_fields_count = 2; // the first of them

constexpr std::array<field_rule, 1> sign_out_fields{{{.name = "everywhere", .kind = field_kind::boolean}}};

constexpr std::array<field_rule, 2> change_fields{{
    {.name = "old_password", .required = true},
    {.name = "new_password", .required = true},
}};

void wipe_body(std::span<char> body) {
  store::wipe({reinterpret_cast<std::uint8_t*>(body.data()), body.size()});
}

void take_text(const field_rule& rule, const field_value& value, std::size_t longest, std::string& out,
               std::vector<field_error>& errors) {
  if (!value.good()) return;
  if (value.text.empty()) {
    note(errors, rule, flaw{"empty", "This must not be empty."});
  } else if (value.text.size() > longest) {
    note(errors, rule, flaw{"too_long", "This must have at most " + std::to_string(longest) + " bytes."});
  } else {
    out = value.text;
  }
}

/// What a paste leaves around a user name does not count. A password counts as it was typed.
field_value trimmed(field_value of) {
  if (of.good()) of.text = typed_trim(of.text);
  return of;
}

/// The part that is the same for both kinds of body.
result<void> take_both(std::span<const field_value> values, std::vector<field_error> errors,
                       credentials& out) {
  take_text(fields[username], trimmed(values[username]), longest_username, out.username, errors);
  take_text(fields[password], values[password], longest_password, out.password, errors);
  if (errors.empty()) return {};
  return invalid_content(std::move(errors));
}

} // namespace

credentials::~credentials() {
  store::wipe(password); // a short string keeps its text when it is moved from
}

password_change::~password_change() {
  store::wipe(old_password);
  store::wipe(new_password);
}

result<credentials> read_credentials(std::span<char> body) {
  std::array<field_value, json_fields_count> values{};
  std::vector<field_error> errors;
  const std::span<const field_rule> rules(fields.data(), json_fields_count);
  credentials out;
  result<void> read = read_json_object(body, rules, values, errors);
  if (read) read = take_both(values, std::move(errors), out);
  wipe_body(body);
  if (!read) return std::move(read).error();
  return out;
}

result<password_change> read_password_change(std::span<char> body) {
  std::array<field_value, change_fields.size()> values{};
  std::vector<field_error> errors;
  password_change out;
  result<void> read = read_json_object(body, change_fields, values, errors);
  if (read) {
    take_text(change_fields[0], values[0], longest_password, out.old_password, errors);
    take_text(change_fields[1], values[1], longest_password, out.new_password, errors);
    if (!errors.empty()) read = invalid_content(std::move(errors));
  }
  wipe_body(body);
  if (!read) return std::move(read).error();
  return out;
}

result<credentials> read_password_grant(std::span<char> body) {
  std::array<field_value, field_count> values{};
  std::vector<field_error> errors;
  credentials out;
  result<void> read = read_form(body, fields, values, errors);
  if (read && values[grant_type].good() && values[grant_type].text != "password")
    note(errors, fields[grant_type], flaw{"unknown_kind", "The grant_type must be password."});
  if (read) read = take_both(values, std::move(errors), out);
  wipe_body(body);
  if (!read) return std::move(read).error();
  return out;
}

result<signed_out> read_sign_out(std::span<char> body) {
  if (body.empty()) return signed_out::this_one;
  std::array<field_value, 1> values{};
  std::vector<field_error> errors;
  if (auto read = read_json_object(body, sign_out_fields, values, errors); !read)
    return std::move(read).error();
  if (!errors.empty()) return invalid_content(std::move(errors));
  return values[0].good() && values[0].number == 1 ? signed_out::everywhere : signed_out::this_one;
}

checked<> check_username(std::string_view text) {
  if (text.empty()) return flaw{"empty", "A user name must have 1 to 254 characters."};
  if (text.size() > longest_username)
    return flaw{"too_long", "A user name must have at most 254 characters."};
  if (!visible_ascii.holds_all(text))
    return flaw{"forbidden_character",
                "A user name must have only visible ASCII characters, without spaces."};
  return {};
}

} // namespace invited::handlers
