#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace invited::store {

inline constexpr std::size_t packed_time_size = 6;

/// A time as the scripts pack it: ms since 1970 (or another whole number) in 6 bytes, big endian (`>I6`).
/// `value` holds at + 6 bytes or more.
inline std::int64_t packed_time(std::string_view value, std::size_t at) {
  std::int64_t ms = 0;
  for (std::size_t i = at; i < at + packed_time_size; ++i)
    ms = ms << 8 | static_cast<unsigned char>(value[i]);
  return ms;
}

} // namespace invited::store
