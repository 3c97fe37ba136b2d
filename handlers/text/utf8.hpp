#pragma once

#include <cstddef>
#include <string_view>

namespace invited::handlers {

/// How many leading bytes of `text` are well-formed UTF-8 (RFC 3629: no overlong form, no surrogate, nothing
/// above U+10FFFF). Equal to text.size() if all of it is; otherwise the offset of the first bad sequence.
std::size_t utf8_valid_prefix(std::string_view text);

inline bool utf8_valid(std::string_view text) {
  return utf8_valid_prefix(text) == text.size();
}

/// The size of the bad sequence at the front of `text`: the maximal subpart of Unicode 15 §3.9, which one
/// U+FFFD replaces. Precondition: `text` is not empty and does not begin with a whole well-formed code point.
std::size_t utf8_bad_size(std::string_view text);

/// utf8_take() for a code point of two bytes or more.
char32_t utf8_take_long(std::string_view& text);

/// Removes the first code point from `text` and returns it. `text` must be well-formed and not empty.
inline char32_t utf8_take(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead >= 0x80) return utf8_take_long(text);
  text.remove_prefix(1);
  return lead;
}

/// Number of code points of well-formed `text`.
std::size_t utf8_count(std::string_view text);

/// Well-formed `text` without the white space (Unicode property White_Space) at both ends.
std::string_view utf8_trim(std::string_view text);

/// The same for any characters: those that `is_trimmed` names.
std::string_view utf8_trim(std::string_view text, bool (*is_trimmed)(char32_t));

/// Unicode's White_Space property.
bool is_white_space(char32_t c);

/// C0, DEL and C1.
bool is_control(char32_t c);

/// Characters that change the reading direction or break lines invisibly: U+202A-E, U+2066-9, U+2028-9, and
/// the byte order mark. They make one name look like another on a screen.
bool is_deceptive(char32_t c);

/// Characters without a shape: Unicode's Default_Ignorable_Code_Point (joiners, zero width spaces, fillers of
/// Hangul, direction marks, tags), and the blank pattern of Braille. A text of only these looks empty.
bool is_invisible(char32_t c);

} // namespace invited::handlers
