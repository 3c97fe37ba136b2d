#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <string_view>

namespace invited::handlers {

/// Appends a number in decimal to a text. A floating-point number gets the shortest form that reads back
/// exactly.
template <class Text, class Number>
requires std::integral<Number> || std::floating_point<Number>
void append_number(Text& out, Number value) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(std::string_view(digits.data(), end));
}

} // namespace invited::handlers
