#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// The character classes of RFC 9110 §5.6 and RFC 3986 §2, as tables: one load a byte, no locale.
namespace invited::server::chars {

using table = std::array<bool, 256>;

constexpr table make_table(std::string_view extra, bool alphanumeric = true) {
  table t{};
  if (alphanumeric) {
    for (std::size_t c = '0'; c <= '9'; ++c) t[c] = true;
    for (std::size_t c = 'A'; c <= 'Z'; ++c) t[c] = t[c + 32] = true;
  }
  for (const char c : extra) t[static_cast<unsigned char>(c)] = true;
  return t;
}

inline constexpr table token = make_table("!#$%&'*+-.^_`|~");    ///< tchar, RFC 9110 §5.6.2
inline constexpr table reg_name = make_table("-._~!$&'()*+,;="); ///< RFC 3986 §3.2.2, without "%"
inline constexpr table request_id = make_table("-._");
inline constexpr table hex_digit = make_table("0123456789abcdefABCDEF", false);

constexpr bool is(const table& t, char c) {
  return t[static_cast<unsigned char>(c)];
}

constexpr bool all(const table& t, std::string_view text) {
  for (const char c : text) {
    if (!is(t, c)) return false;
  }
  return true;
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Whether a byte may stand in a field value or a chunk extension: HTAB, SP, VCHAR, obs-text (RFC 9110 §5.5).
constexpr bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
}

/// Compares a token with a name given in lower case, without regard to ASCII case.
constexpr bool equals_lower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower[i]) return false;
  }
  return true;
}

constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

} // namespace invited::server::chars
