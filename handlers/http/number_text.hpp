#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <string>

namespace invited::handlers {

/// Appends a number in decimal; a floating-point one as short as it can be read back exactly.
template <class Number>
requires std::integral<Number> || std::floating_point<Number>
void append_number(std::string& out, Number value) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

} // namespace invited::handlers
