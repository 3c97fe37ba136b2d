#pragma once

#include "store/crypto/hex.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace invited::handlers {

/// What each byte becomes in a JSON string (RFC 8259 §7): 0 is itself, 'u' is \u00XX, anything else is the
/// letter behind a backslash.
using json_escapes = std::array<char, 256>;

/// What JSON demands; line ends and tabs in their short forms.
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

/// Appends what `how` makes of a byte that does not stay as it is.
inline void append_json_escape(std::string& out, const json_escapes& how, unsigned char byte) {
  out += '\\';
  out += how[byte];
  if (how[byte] != 'u') return;
  out += "00";
  out += store::hex_digits[byte >> 4];
  out += store::hex_digits[byte & 15];
}

} // namespace invited::handlers
