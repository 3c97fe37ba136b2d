#include "handlers/http/content_type.hpp"

#include "handlers/http/list_text.hpp"
#include "handlers/text/charset.hpp"

#include <algorithm>

namespace invited::handlers {

namespace {

constexpr charset token("!#$%&'*+.^_`|~0-9A-Za-z-"); // RFC 9110 §5.6.2

bool is_utf8(std::string_view value) {
  if (value.starts_with('"')) value = value.substr(1, value.size() - 2);
  return equals_ignoring_case(value, "utf-8") || equals_ignoring_case(value, "utf8");
}

/// RFC 9110 §5.6.4: quoted-string.
bool is_quoted(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1 == text.size();
    if (text[i] == '\\') ++i;
  }
  return false;
}

bool is_value(std::string_view text) {
  if (text.starts_with('"')) return is_quoted(text);
  return !text.empty() && token.holds_all(text);
}

/// False if a parameter has no form of RFC 9110 §5.6.6, or is a charset other than UTF-8. Others have no
/// meaning here. Empty parameters (a lone ';') are allowed.
bool allows_utf8(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view one = take_until(';', parameters);
    if (one.empty()) continue;
    const std::size_t equals = std::min(one.find('='), one.size() - 1);
    const std::string_view name = one.substr(0, equals), value = one.substr(equals + 1);
    if (name.empty() || !token.holds_all(name) || !is_value(value)) return false;
    if (equals_ignoring_case(name, "charset") && !is_utf8(value)) return false;
  }
  return true;
}

} // namespace

body_type read_content_type(std::string_view field) {
  if (field.empty()) return body_type::none;
  if (field == "application/json") return body_type::json; // as nearly every client writes it
  const std::size_t end = field.find(';');
  const std::string_view type = trim_blanks(field.substr(0, end));
  if (end != std::string_view::npos && !allows_utf8(field.substr(end + 1))) return body_type::other;
  if (equals_ignoring_case(type, "application/json")) return body_type::json;
  if (equals_ignoring_case(type, "application/x-www-form-urlencoded")) return body_type::form;
  return body_type::other;
}

result<void> expect_json(std::string_view field) {
  if (read_content_type(field) == body_type::json) return {};
  return unsupported_media_type(accepted_json);
}

result<void> expect_uncoded(std::string_view content_encoding) {
  for (std::string_view rest = content_encoding; !rest.empty();) {
    const std::string_view coding = take_until(',', rest);
    if (coding.empty() || equals_ignoring_case(coding, accepted_codings)) continue;
    return problem{.status = 415,
                   .code = "unsupported_media_type",
                   .detail = "Send the body as it is, without the coding that Content-Encoding names."};
  }
  return {};
}

problem unsupported_media_type(std::string_view accepted) {
  std::string detail = "Send the body in UTF-8, with a Content-Type of: ";
  detail += accepted;
  return {.status = 415, .code = "unsupported_media_type", .detail = std::move(detail)};
}

} // namespace invited::handlers
