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

/// Takes one such text off the front of `rest`; false when there is none.
inline bool take_text(std::string_view& rest, std::string& out) {
  if (rest.size() < 2) return false;
  const std::size_t n = static_cast<unsigned char>(rest[0]) * 256U + static_cast<unsigned char>(rest[1]);
  if (rest.size() - 2 < n) return false;
  out.assign(rest.substr(2, n));
  rest.remove_prefix(2 + n);
  return true;
}

/// The same for a text of at most 32,767 bytes whose length takes one byte below 128, and otherwise two with
/// the highest bit set.
inline void append_short_text(std::string& out, std::string_view text) {
  if (text.size() < 128) {
    out.append(1, static_cast<char>(text.size())).append(text);
    return;
  }
  const char length[] = {static_cast<char>(0x80 | (text.size() >> 8 & 0x7f)),
                         static_cast<char>(text.size() & 0xff)};
  out.append(length, sizeof length).append(text);
}

inline std::size_t short_text_size(std::string_view text) {
  return (text.size() < 128 ? 1 : 2) + text.size();
}

/// False also for a length that one byte could have said: each text has one form.
inline bool take_short_text(std::string_view& rest, std::string& out) {
  if (rest.empty()) return false;
  std::size_t n = static_cast<unsigned char>(rest[0]), width = 1;
  if (n >= 128) {
    if (rest.size() < 2) return false;
    n = (n & 0x7f) * 256U + static_cast<unsigned char>(rest[1]);
    width = 2;
    if (n < 128) return false;
  }
  if (rest.size() - width < n) return false;
  out.assign(rest.substr(width, n));
  rest.remove_prefix(width + n);
  return true;
}

} // namespace invited::store
