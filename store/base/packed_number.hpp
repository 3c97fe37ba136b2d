#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace invited::store {

/// Appends the last `bytes` bytes of a number, big endian.
inline void append_number(std::string& out, std::uint64_t value, unsigned bytes) {
  for (unsigned i = bytes; i-- > 0;) out += static_cast<char>(value >> 8 * i & 0xff);
}

/// Precondition: `value` has that many bytes at `at`.
inline std::uint64_t number_at(std::string_view value, std::size_t at, std::size_t bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = at; i < at + bytes; ++i) number = number << 8 | static_cast<unsigned char>(value[i]);
  return number;
}

} // namespace invited::store
