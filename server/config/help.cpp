#include "server/config/help.hpp"

#include <algorithm>

namespace invited::server {

namespace {

constexpr std::size_t text_column = 34;
constexpr std::size_t last_column = 100;

std::string left_side(const option_info& option) {
  std::string out = "  --" + std::string{option.name};
  if (!option.kind.empty()) out += " " + std::string{option.kind};
  return out;
}

std::string right_side(const option_info& option) {
  std::string out{option.help};
  if (option.repeatable) out += "; repeatable";
  if (!option.fallback.empty()) out += " (default " + std::string{option.fallback} + ")";
  return out;
}

/// Appends `text` word by word, and continues in text_column when a line is full. The cursor is at `column`.
void append_wrapped(std::string& out, std::string_view text, std::size_t column) {
  for (bool first = true; !text.empty(); first = false) {
    const auto end = std::min(text.find(' '), text.size());
    if (!first && column + 1 + end > last_column) {
      out += '\n';
      out.append(text_column, ' ');
      column = text_column;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out += '\n';
}

} // namespace

std::string option_help(std::span<const option_info> options) {
  std::string out;
  for (const auto& option : options) {
    const auto left = left_side(option);
    out += left;
    // At least one blank between name and text; a long name moves its text to the right.
    const auto gap = left.size() < text_column ? text_column - left.size() : 1;
    out.append(gap, ' ');
    append_wrapped(out, right_side(option), left.size() + gap);
  }
  return out;
}

} // namespace invited::server
