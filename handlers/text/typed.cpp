#include "handlers/text/typed.hpp"

#include "handlers/text/utf8.hpp"
#include "store/base/unicode.hpp"

namespace invited::handlers {
namespace {

bool is_left_by_a_paste(char32_t c) {
  return is_white_space(c) || is_deceptive(c) || c == 0xAD || c == 0x061C || c == 0x180E || c == 0x200B ||
         c == 0x200E || c == 0x200F || c == 0x2060;
}

} // namespace

char32_t typed_char_beyond_ascii(char32_t c) {
  constexpr char32_t first_full_width = 0xFF01, last_full_width = 0xFF5E; // those of '!' to '~'
  if (c >= first_full_width && c <= last_full_width) return c - first_full_width + U'!';
  const int digit = store::decimal_value(c);
  return digit < 0 ? c : U'0' + static_cast<char32_t>(digit);
}

bool is_dash(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

bool is_unseen(char32_t c) {
  return is_white_space(c) || is_invisible(c) || is_deceptive(c);
}

std::string_view typed_trim(std::string_view text) {
  return utf8_trim(text, is_left_by_a_paste);
}

std::string typed_ascii(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char32_t c = typed_char(utf8_take(text));
    if (is_unseen(c)) continue;
    if (c >= 0x80 && !is_dash(c)) return {};
    out += is_dash(c) ? '-' : static_cast<char>(c);
  }
  return out;
}

} // namespace invited::handlers
