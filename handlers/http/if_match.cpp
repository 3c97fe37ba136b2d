#include "handlers/http/if_match.hpp"

#include "handlers/text/charset.hpp"

namespace invited::handlers {

bool is_match(std::string_view if_match, std::string_view etag) {
  if (if_match == "*") return true;
  bool found = false;
  for (;;) {
    const bool weak = if_match.starts_with("W/"); // never the same as anything (§8.8.3.2)
    const std::size_t open = weak ? 2 : 0;
    if (open >= if_match.size() || if_match[open] != '"') return false;
    const std::size_t close = if_match.find('"', open + 1);
    if (close == if_match.npos) return false;
    found = found || (!weak && if_match.substr(0, close + 1) == etag);
    if_match = trim_blanks(if_match.substr(close + 1));
    if (if_match.empty()) return found;
    if (!if_match.starts_with(',')) return false;
    if_match = trim_blanks(if_match.substr(1));
  }
}

} // namespace invited::handlers
