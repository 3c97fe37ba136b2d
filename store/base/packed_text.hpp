#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace invited::store {

/// Appends a text of at most 65,535 bytes, led by its length in two bytes, big endian.
inline void append_text(std::string& out, std::string_view text) {
  const char length[] = {static_cast<char>(text.size() >> 8 & 0xff), static_cast<char>(text.size() & 0xff)};
  out.append(length, sizeof length).append(text);
}

/// How many bytes that takes.
inline std::size_t text_size(std::string_view text) {
  return 2 + text.size();
}

/// Takes one such text off the front of `rest`; false when there is none.
inline bool take_text(std::string_view& rest, std::string& out) {
  if (rest.size() < 2) return false;
  const std::size_t n = static_cast<unsigned char>(rest[0]) * 256U + static_cast<unsigned char>(rest[1]);
  if (rest.size() - 2 < n) return false;
  out.assign(rest.substr(2, n));
  rest.remove_prefix(2 + n);
  return true;
}

} // namespace invited::store
