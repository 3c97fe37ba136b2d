#include "handlers/pages/html.hpp"

#include <algorithm>

namespace invited::handlers {

void append_html(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    default: out += c;
    }
  }
}

std::string isolated_html(std::string_view name) {
  std::string out = "<bdi>";
  append_html(out, name);
  return out += "</bdi>";
}

void append_filled(std::string& out, std::string_view text, std::initializer_list<slot> slots) {
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    append_html(out, text.substr(0, open));
    text.remove_prefix(open);
    const std::size_t close = text.find('}');
    if (close == text.npos) return append_html(out, text);
    const std::string_view name = text.substr(1, close - 1);
    const auto* const found =
        std::find_if(slots.begin(), slots.end(), [name](const slot& s) { return s.name == name; });
    if (found != slots.end()) {
      out += found->html;
    } else {
      append_html(out, text.substr(0, close + 1));
    }
    text.remove_prefix(close + 1);
  }
}

} // namespace invited::handlers
