#include "handlers/http/content_type.hpp"

#include "handlers/text/charset.hpp"

namespace invited::handlers {

namespace {

/// True if at most one `charset=utf-8` follows the media type. Empty parameters (a lone ';') are allowed (RFC
/// 9110 §5.6.6).
bool only_utf8(std::string_view parameters) {
  bool seen = false;
  while (!parameters.empty()) {
    parameters.remove_prefix(1); // the ';'
    const std::size_t end = parameters.find(';');
    const std::string_view one = trim_blanks(parameters.substr(0, end));
    parameters.remove_prefix(end == std::string_view::npos ? parameters.size() : end);
    if (one.empty()) continue;
    if (seen) return false;
    seen = true;
    if (!equals_ignoring_case(one, "charset=utf-8") && !equals_ignoring_case(one, "charset=\"utf-8\""))
      return false;
  }
  return true;
}

} // namespace

body_type read_content_type(std::string_view field) {
  if (field.empty()) return body_type::none;
  if (field == "application/json") return body_type::json; // as nearly every client writes it
  const std::size_t end = field.find(';');
  const std::string_view type = trim_blanks(field.substr(0, end));
  if (end != std::string_view::npos && !only_utf8(field.substr(end))) return body_type::other;
  if (equals_ignoring_case(type, "application/json")) return body_type::json;
  if (equals_ignoring_case(type, "application/x-www-form-urlencoded")) return body_type::form;
  return body_type::other;
}

result<void> expect_json(std::string_view field) {
  if (read_content_type(field) == body_type::json) return {};
  return unsupported_media_type(accepted_json);
}

problem unsupported_media_type(std::string_view accepted) {
  std::string detail = "Send the body in UTF-8, with a Content-Type of: ";
  detail += accepted;
  return {.status = 415, .code = "unsupported_media_type", .detail = std::move(detail)};
}

} // namespace invited::handlers
