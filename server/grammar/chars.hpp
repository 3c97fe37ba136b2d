#pragma once

#include "handlers/text/byte_scan.hpp"
#include "store/base/ascii.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
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
inline constexpr table unreserved = make_table("-._~");          ///< RFC 3986 §2.3
inline constexpr table request_id = make_table("-._");

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

/// Whether a byte is allowed in a field value or a chunk extension: HTAB, SP, VCHAR, obs-text (RFC 9110
/// §5.5).
constexpr bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
}

/// Makes upper-case ASCII letters lower-case, eight bytes at once.
constexpr handlers::byte_scan::word to_lower(handlers::byte_scan::word bytes) {
  using namespace handlers::byte_scan;
  const word seven_bits = bytes & ~marks; // without the top bits, so that no sum carries into the next byte
  const word from_a = seven_bits + every * (0x80 - 'A');
  const word past_z = seven_bits + every * (0x7f - 'Z');
  const word upper = from_a & ~past_z & ~bytes & marks;
  return bytes | upper >> 2; // 0x80 to 0x20, in which the cases differ
}

/// Compares a token with a name given in lower case, without regard to ASCII case.
inline bool equals_lower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  constexpr std::size_t word = sizeof(handlers::byte_scan::word);
  const auto same_word = [&](std::size_t at) {
    using handlers::byte_scan::load;
    return to_lower(load(text.data() + at)) == load(lower.data() + at);
  };
  std::size_t i = 0;
  for (; i + word <= lower.size(); i += word) {
    if (!same_word(i)) return false;
  }
  if (i > 0) return i == lower.size() || same_word(lower.size() - word); // looks at some bytes twice
  for (; i < lower.size(); ++i) {
    if (store::ascii_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

} // namespace invited::server::chars
