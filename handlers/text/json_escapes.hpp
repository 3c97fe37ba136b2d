#pragma once

#include "store/crypto/hex.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace invited::handlers {

/// What each byte becomes in a JSON string (RFC 8259 §7): 0 means itself, 'u' means \u00XX, anything else is
/// the letter after a backslash.
using json_escapes = std::array<char, 256>;

/// The escapes that JSON requires, with line ends and tabs in their short forms.
inline constexpr json_escapes demanded_escapes = [] {
  json_escapes table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\t'] = 't';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['"'] = '"';
  table['\\'] = '\\';
  return table;
}();

/// Appends the escape of a byte that does not stay as it is.
inline void append_json_escape(std::string& out, const json_escapes& how, unsigned char byte) {
  out += '\\';
  out += how[byte];
  if (how[byte] != 'u') return;
  out += "00";
  out += store::hex_digits[byte >> 4];
  out += store::hex_digits[byte & 15];
}

} // namespace invited::handlers
