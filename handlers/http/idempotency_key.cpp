#include "handlers/http/idempotency_key.hpp"

#include "handlers/text/charset.hpp"

namespace invited::handlers {

namespace {

constexpr charset visible("!-~");
constexpr std::size_t longest_key = 255;

/// Unquotes an sf-string (RFC 8941 §4.2.5). False when `field`, which begins with '"', is not exactly one.
bool unquote(std::string_view field, std::string& out) {
  for (std::size_t i = 1; i < field.size(); ++i) {
    char c = field[i];
    if (c == '"')
      return i + 1 == field.size(); // parameters must not be ignored, because they could make another key
    if (c == '\\') {
      if (++i == field.size()) return false;
      c = field[i];
      if (c != '"' && c != '\\') return false;
    }
    out += c;
  }
  return false;
}

} // namespace

result<std::string> read_idempotency_key(std::string_view field) {
  std::string key;
  bool good = true;
  if (field.starts_with('"')) {
    good = unquote(field, key);
  } else {
    key = field;
  }
  if (good && !key.empty() && key.size() <= longest_key && visible.holds_all(key)) return key;
  return problem{
      .status = 400,
      .code = "invalid_idempotency_key",
      .detail = "Idempotency-Key must be 1 to 255 visible ASCII characters, with or without double quotes."};
}

result<std::string> idempotency_key_of(const request& r) {
  if (!r.has(field::idempotency_key)) return std::string();
  return read_idempotency_key(r[field::idempotency_key]);
}

} // namespace invited::handlers
