#pragma once

#include "store/crypto/bytes.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace invited::store {

inline constexpr std::string_view hex_digits = "0123456789abcdef";

namespace detail {

inline constexpr std::array<std::uint8_t, 256> hex_values = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(0xff);
  for (std::uint8_t i = 0; i < 10; ++i) table['0' + i] = i;
  for (std::uint8_t i = 0; i < 6; ++i) table['a' + i] = table['A' + i] = static_cast<std::uint8_t>(10 + i);
  return table;
}();

} // namespace detail

/// The value of a digit in either case; 0xff for every other byte.
constexpr unsigned hex_value(char c) {
  return detail::hex_values[static_cast<std::uint8_t>(c)];
}

/// Writes two lower-case digits for each byte at `to`, and returns where they end.
char* write_hex(char* to, bytes_view bytes);

/// Appends the same digits to `out`.
void append_hex(std::string& out, bytes_view bytes);
std::string to_hex(bytes_view bytes);

/// Fills `out` completely; digits in either case. False when `text` is not exactly that many digits.
bool from_hex(std::string_view text, std::span<std::uint8_t> out);

} // namespace invited::store
