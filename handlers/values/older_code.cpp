#include "handlers/values/older_code.hpp"

#include "handlers/text/utf8.hpp"
#include "store/base/ascii.hpp"

namespace invited::handlers {
namespace {

bool was_dropped(char32_t c) {
  const bool dash = c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
  const bool invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) || c == 0xAD ||
                         c == 0x034F || c == 0x061C || c == 0x180E || (c >= 0xFE00 && c <= 0xFE0F);
  return dash || invisible || is_white_space(c) || is_deceptive(c);
}

} // namespace

std::optional<std::string> read_older_code(std::string_view text) {
  constexpr std::size_t shortest = 4, longest = 64; // code points
  std::string out;
  std::size_t length = 0;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = utf8_take(text);
    if (was_dropped(c)) continue;
    if (is_control(c)) return {};
    ++length;
    if (c < 0x80) {
      out += store::ascii_lower(static_cast<char>(c));
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  if (length < shortest || length > longest) return {};
  return out;
}

} // namespace invited::handlers
