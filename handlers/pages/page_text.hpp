#pragma once

#include "handlers/pages/pieces.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

// What the pages say. A text that is missing or empty, or has other slots than its type says, does not
// compile.

namespace invited::handlers {

/// A text without slots, in static storage.
class plain_text : public std::string_view {
public:
  consteval plain_text(const char* text) : std::string_view(text) {
    if (empty()) throw std::logic_error("an empty text");
    if (find_first_of("{}") != npos) throw std::logic_error("this text has no slots");
  }
};

/// A name or a slot as a template argument.
template <std::size_t n>
struct fixed_text {
  std::array<char, n> chars{};

  constexpr fixed_text(const char (&text)[n]) { std::copy_n(text, n, chars.begin()); }
  constexpr std::string_view view() const { return {chars.data(), n - 1}; }
};

/// What is appended before the value with this number, and that value.
struct piece {
  static constexpr std::uint8_t no_value = 255;
  std::string_view before;
  std::uint8_t value = no_value;
};

/// A text with slots, each of them once, in any order: text_with<"{pattern}", "{{clinic}}">.
template <fixed_text... slots>
class text_with {
public:
  static constexpr std::array<slot_key, sizeof...(slots)> keys = {only_slot(slots.view())...};

  consteval text_with(const char* text) {
    std::array<bool, sizeof...(slots)> seen{};
    piece* to = pieces_.begin();
    piece_reader reader(text);
    for (source_piece p; reader.next(p); ++to) {
      to->before = p.before;
      if (p.slot.name.empty()) continue;
      const auto at = static_cast<std::size_t>(std::ranges::find(keys, p.slot) - keys.begin());
      if (at == keys.size() || seen[at]) throw std::logic_error("this text has no such slot, or not twice");
      seen[at] = true;
      to->value = static_cast<std::uint8_t>(at);
    }
    if (!std::ranges::all_of(seen, [](bool was) { return was; })) throw std::logic_error("a slot is missing");
  }

  /// The values are numbered as `keys` are.
  std::span<const piece> pieces() const { return pieces_; }

private:
  std::array<piece, sizeof...(slots) + 1> pieces_{};
};

} // namespace invited::handlers
