#pragma once

#include "store/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace invited::handlers {

/// A set of bytes, written like the brackets of a regular expression: "A-Za-z0-9_-" (a '-' at an end is a
/// plain '-'). It is built at compile time; a test costs one look-up for each byte.
class charset {
public:
  consteval explicit charset(std::string_view members) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      const bool range = i + 2 < members.size() && members[i + 1] == '-';
      const auto last = static_cast<unsigned char>(members[range ? i + 2 : i]);
      for (unsigned c = static_cast<unsigned char>(members[i]); c <= last; ++c) holds_[c] = true;
      if (range) i += 2;
    }
  }

  constexpr bool holds(char c) const { return holds_[static_cast<unsigned char>(c)]; }

  /// True for "", too.
  constexpr bool holds_all(std::string_view text) const {
    return std::all_of(text.begin(), text.end(), [this](char c) { return holds(c); });
  }

private:
  std::array<bool, 256> holds_{};
};

/// Compares ASCII letters without case. `lower` must be in small letters.
constexpr bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return store::ascii_lower(a) == b; });
}

/// `text` without the blanks and tabs around it (RFC 9110 §5.6.3, OWS).
constexpr std::string_view trim_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace invited::handlers
