#include "handlers/staff/common_passwords.hpp"

#include "handlers/assets/asset.hpp"

namespace invited::handlers {

bool holds_line(std::string_view lines, std::string_view line) {
  while (!lines.empty()) {
    // The line around the middle.
    const std::size_t middle = lines.size() / 2;
    const std::size_t before = middle == 0 ? lines.npos : lines.rfind('\n', middle - 1);
    const std::size_t begin = before == lines.npos ? 0 : before + 1, end = lines.find('\n', middle);
    if (end == lines.npos) return false; // it does not end, so this is not such a list
    const int order = line.compare(lines.substr(begin, end - begin));
    if (order == 0) return true;
    if (order < 0)
      lines = lines.substr(0, begin);
    else
      lines.remove_prefix(end + 1);
  }
  return false;
}

bool is_common_password(std::string_view folded) {
  return holds_line(assets::common_passwords, folded);
}

} // namespace invited::handlers
