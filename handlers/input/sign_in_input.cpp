#include "handlers/input/sign_in_input.hpp"

#include "handlers/input/charset.hpp"
#include "handlers/input/fields.hpp"
#include "handlers/input/form.hpp"
#include "handlers/input/json_object.hpp"
#include "handlers/input/utf8.hpp"
#include "store/crypto/bytes.hpp"

#include <array>

namespace invited::handlers {
namespace {

constexpr std::size_t longest_username = 254;
constexpr std::size_t longest_password = 1024; // bytes: more is no password but work for scrypt
constexpr std::size_t shortest_password = 12;  // code points
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

void wipe(std::span<char> text) {
  OPENSSL_cleanse(text.data(), text.size());
}

void take(const field_rule& rule, const field_value& value, std::size_t longest, std::string& out,
          std::vector<field_error>& errors) {
  if (!value.good()) return;
  if (value.text.empty()) {
    note(errors, rule, flaw{"empty", "This must not be empty."});
  } else if (value.text.size() > longest) {
    note(errors, rule, flaw{"too_long", "This has at most " + std::to_string(longest) + " bytes."});
  } else {
    out = value.text;
  }
}

/// What both kinds of body have in common.
std::optional<problem> take_both(std::span<const field_value> values, std::vector<field_error> errors,
                                 credentials& out) {
  take(fields[username], values[username], longest_username, out.username, errors);
  take(fields[password], values[password], longest_password, out.password, errors);
  if (errors.empty()) return std::nullopt;
  return invalid_content(std::move(errors));
}

} // namespace

credentials::~credentials() {
  password.resize(password.capacity()); // a short one stays in place when it is moved from
  wipe(password);
}

std::optional<problem> read_credentials(std::span<char> body, credentials& out) {
  std::array<field_value, json_fields_count> values{};
  std::vector<field_error> errors;
  const std::span<const field_rule> rules(fields.data(), json_fields_count);
  std::optional<problem> bad = read_json_object(body, rules, values, errors);
  if (!bad) bad = take_both(values, std::move(errors), out);
  wipe(body);
  return bad;
}

std::optional<problem> read_password_grant(std::span<char> body, credentials& out) {
  std::array<field_value, field_count> values{};
  std::vector<field_error> errors;
  std::optional<problem> bad = read_form(body, fields, values, errors);
  if (!bad && values[grant_type].good() && values[grant_type].text != "password")
    note(errors, fields[grant_type], flaw{"unknown_kind", "The one grant_type here is password."});
  if (!bad) bad = take_both(values, std::move(errors), out);
  wipe(body);
  return bad;
}

std::optional<problem> read_sign_out(std::span<char> body, bool& everywhere) {
  everywhere = false;
  if (body.empty()) return std::nullopt;
  std::array<field_value, 1> values{};
  std::vector<field_error> errors;
  if (auto bad = read_json_object(body, sign_out_fields, values, errors)) return bad;
  if (!errors.empty()) return invalid_content(std::move(errors));
  everywhere = values[0].good() && values[0].number == 1;
  return std::nullopt;
}

std::optional<flaw> check_username(std::string_view text) {
  if (text.empty()) return flaw{"empty", "A user name has 1 to 254 characters."};
  if (text.size() > longest_username) return flaw{"too_long", "A user name has at most 254 characters."};
  if (!visible_ascii.holds_all(text))
    return flaw{"forbidden_character", "A user name consists of visible ASCII characters, without spaces."};
  return std::nullopt;
}

std::optional<flaw> check_new_password(std::string_view text) {
  if (text.size() > longest_password) return flaw{"too_long", "A password has at most 1,024 bytes."};
  if (!utf8_valid(text) || text.find('\0') != text.npos)
    return flaw{"forbidden_character", "A password is UTF-8 without NUL."};
  std::size_t length = 0;
  for (std::string_view rest = text; !rest.empty(); ++length) utf8_take(rest);
  if (length < shortest_password) return flaw{"too_short", "A password has at least 12 characters."};
  return std::nullopt;
}

} // namespace invited::handlers
