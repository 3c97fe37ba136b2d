#include "handlers/http/list_text.hpp"

#include "handlers/text/charset.hpp"

#include <algorithm>

namespace invited::handlers {

std::string_view take_until(char separator, std::string_view& list) {
  bool quoted = false;
  std::size_t i = 0;
  for (; i < list.size() && (quoted || list[i] != separator); ++i) {
    if (list[i] == '"') quoted = !quoted;
    if (quoted && list[i] == '\\') ++i;
  }
  i = std::min(i, list.size()); // a backslash at the very end
  const std::string_view taken = list.substr(0, i);
  list.remove_prefix(std::min(i + 1, list.size()));
  return trim_blanks(taken);
}

} // namespace invited::handlers
