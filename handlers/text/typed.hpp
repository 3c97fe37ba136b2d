#pragma once

#include <string>
#include <string_view>

// What people type and paste: digits of their script, blanks of their word processor, and marks that no
// screen shows. None of this is for what programs write, such as ids, tokens and numbers of JSON.
namespace invited::handlers {

/// typed_char() for a code point beyond ASCII.
char32_t typed_char_beyond_ascii(char32_t c);

/// The ASCII character that `c` stands for; otherwise `c`. Digits of every script (Unicode's Nd) stand for 0
/// to 9, and the full-width forms of East Asian keyboards for what they are a form of (RFC 8264 §5.2.1).
inline char32_t typed_char(char32_t c) {
  return c < 0x80 ? c : typed_char_beyond_ascii(c);
}

/// The hyphen-minus, the dashes that keyboards and word processors make from it, and the minus sign.
bool is_dash(char32_t c);

/// White space, invisible characters, and those that change the direction of writing.
bool is_unseen(char32_t c);

/// Well-formed `text` without what a paste leaves at its ends: white space, zero-width spaces, and marks of
/// direction. Joiners and variation selectors stay, because they belong to the character before them.
std::string_view typed_trim(std::string_view text);

/// What well-formed `text` stands for in ASCII: typed_char() of what is not unseen, with every dash as '-'.
/// Empty if anything else is in it.
std::string typed_ascii(std::string_view text);

} // namespace invited::handlers
