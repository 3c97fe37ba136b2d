#pragma once

#include "handlers/pages/html.hpp"
#include "handlers/pages/page_text.hpp"
#include "handlers/pages/pieces.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

// Fills the slots of pages' files (handlers/web/patient) and of texts:
//
//   fill<files::ended, "main">(slot<"text">(words.text), slot<"action">(link), …)
//
// The compiler knows the slots. A slot without a value, a value without a slot, and text for a slot that
// takes html do not compile.

namespace invited::handlers {

/// A value for a slot during one call of fill(): a view. Only html may go into a slot that takes html.
template <fixed_text name, bool ready>
class slot_value {
public:
  static constexpr slot_key key{name.view(), ready};

  explicit slot_value(std::conditional_t<ready, const html&, std::string_view> value) {
    if constexpr (ready) {
      text_ = value.view();
    } else {
      text_ = value;
    }
  }

  std::string_view text() const { return text_; }

private:
  std::string_view text_;
};

template <fixed_text name>
slot_value<name, false> slot(std::string_view text) {
  return slot_value<name, false>(text);
}

template <fixed_text name>
slot_value<name, true> slot(const html& part) {
  return slot_value<name, true>(part);
}

/// Text or html.
struct piece_value {
  std::string_view text;
  bool ready;
};

/// A part of a file with its slots filled; without a name, the whole file. Each slot has one value, and the
/// order of the values does not matter.
template <const std::string_view& file, fixed_text part = "", class... values>
html fill(const values&... given);

/// Makes html of what came from our files and texts. Its friends make sure of that, and nobody else can call
/// it.
class html_maker {
  template <const std::string_view& file, fixed_text part, class... values>
  friend html fill(const values&... given);
  template <fixed_text... slots, class... values>
  friend html filled(const text_with<slots...>& text, const values&... given);
  template <const std::string_view& file>
  friend html whole_file();
  friend html escaped(std::string_view text);

  static html escape(std::string_view text);
  static html copy(std::string_view file) { return html(std::string(file)); }
  static html fill_file(std::span<const piece> pieces, std::span<const piece_value> values);
  static html fill_text(std::span<const piece> pieces, std::span<const piece_value> values);
};

/// A file or a part of it, in pieces.
template <const std::string_view& file, fixed_text part>
inline constexpr auto file_pieces = pieces_of([] {
  return part.view().empty() ? file : piece_reader::part(file, part.view());
});

template <std::size_t n>
constexpr bool all_have_values(const std::array<source_piece, n>& pieces, std::span<const slot_key> values) {
  return std::ranges::all_of(pieces, [values](const source_piece& p) {
    return p.slot.name.empty() || std::ranges::count(values, p.slot) == 1;
  });
}

template <std::size_t n>
constexpr bool all_have_slots(const std::array<source_piece, n>& pieces, std::span<const slot_key> values) {
  return std::ranges::all_of(values, [&pieces](const slot_key& v) {
    return std::ranges::find(pieces, v, &source_piece::slot) != pieces.end();
  });
}

/// Whether escaped text is safe in all slots for text, and html in those for html. Between tags both are. In
/// an attribute in double quotes text is safe. Anywhere else in a tag neither is, and text is not safe in a
/// style or a script.
template <std::size_t n>
constexpr bool slots_are_safe(const std::array<source_piece, n>& pieces) {
  enum { between_tags, in_tag, in_quotes } at = between_tags;
  for (const source_piece& p : pieces) {
    for (const char c : p.before) {
      if (at == between_tags && c == '<') {
        at = in_tag;
      } else if (at == in_tag && c != '"') {
        if (c == '>') at = between_tags;
      } else if (at != between_tags && c == '"') {
        at = at == in_tag ? in_quotes : in_tag;
      }
    }
    if (p.slot.name.empty()) continue;
    if (at == in_tag || (at == in_quotes && p.slot.ready)) return false;
    if (!p.slot.ready && (p.before.ends_with("<style>") || p.before.ends_with("<script>"))) return false;
  }
  return at == between_tags;
}

/// The pieces with the values of their slots, in the order of `values`.
template <std::size_t n>
constexpr std::array<piece, n> number_slots(const std::array<source_piece, n>& pieces,
                                            std::span<const slot_key> values) {
  std::array<piece, n> all;
  std::ranges::transform(pieces, all.begin(), [values](const source_piece& p) {
    const auto at = std::ranges::find(values, p.slot) - values.begin();
    return piece{p.before, p.slot.name.empty() ? piece::no_value : static_cast<std::uint8_t>(at)};
  });
  return all;
}

template <class... values>
inline constexpr std::array<slot_key, sizeof...(values)> keys_of = {values::key...};

/// Whether a part of a file can be filled with such values; fill() says what is wrong.
template <const std::string_view& file, fixed_text part, class... values>
inline constexpr bool can_fill = slots_are_safe(file_pieces<file, part>) &&
                                 all_have_values(file_pieces<file, part>, keys_of<values...>) &&
                                 all_have_slots(file_pieces<file, part>, keys_of<values...>);

template <const std::string_view& file, fixed_text part, class... values>
html fill(const values&... given) {
  static_assert(all_have_values(file_pieces<file, part>, keys_of<values...>),
                "a slot of this file has no value, two of them, or one of the wrong kind: {text}, {{html}}");
  static_assert(all_have_slots(file_pieces<file, part>, keys_of<values...>),
                "the file has no such slot for one of the values, or not of its kind: {text}, {{html}}");
  static_assert(
      slots_are_safe(file_pieces<file, part>),
      "a slot is in a tag but not in double quotes, is for html but in an attribute, or is for text but in "
      "a style or a script");
  static constexpr auto pieces = number_slots(file_pieces<file, part>, keys_of<values...>);
  const std::array<piece_value, sizeof...(values)> all = {piece_value{given.text(), values::key.ready}...};
  return html_maker::fill_file(pieces, all);
}

/// A text with its slots filled, in the same way.
template <fixed_text... slots, class... values>
html filled(const text_with<slots...>& text, const values&... given) {
  constexpr auto wanted = text_with<slots...>::keys;
  static_assert(wanted.size() == sizeof...(values) &&
                    (... && (std::ranges::find(wanted, values::key) != wanted.end())),
                "the text has other slots, or of another kind: {text}, {{html}}");
  std::array<piece_value, sizeof...(values)> all;
  (..., (all[static_cast<std::size_t>(std::ranges::find(wanted, values::key) - wanted.begin())] =
             piece_value{given.text(), values::key.ready}));
  return html_maker::fill_text(text.pieces(), all);
}

/// A whole file as it is: HTML, CSS or a script.
template <const std::string_view& file>
html whole_file() {
  return html_maker::copy(file);
}

} // namespace invited::handlers
