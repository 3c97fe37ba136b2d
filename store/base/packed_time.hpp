#pragma once

#include <boost/endian/conversion.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace invited::store {

inline constexpr std::size_t packed_time_size = 6;

/// A time as the scripts pack it: ms since 1970 (or another whole number) in 6 bytes, big endian (`>I6`).
/// `value` holds at + 6 bytes or more.
inline std::int64_t packed_time(std::string_view value, std::size_t at) {
  const auto* const from = reinterpret_cast<const unsigned char*>(value.data() + at);
  // Two loads and two swaps are faster than the library's load of six bytes, which goes byte by byte.
  return std::int64_t{boost::endian::load_big_u16(from)} << 32 | boost::endian::load_big_u32(from + 2);
}

/// Writes `value` like that to the packed_time_size bytes at `to`.
inline void pack_time(std::int64_t value, char* to) {
  auto* const bytes = reinterpret_cast<unsigned char*>(to);
  boost::endian::store_big_u16(bytes, static_cast<std::uint16_t>(value >> 32));
  boost::endian::store_big_u32(bytes + 2, static_cast<std::uint32_t>(value));
}

} // namespace invited::store
