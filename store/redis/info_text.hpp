#pragma once

#include <algorithm>
#include <string_view>

namespace invited::store::redis {

/// Calls `take(name, value)` for each line `name:value` of an INFO text. Skips other lines.
template <class Take>
void for_each_fact(std::string_view info, Take&& take) {
  while (!info.empty()) {
    std::string_view line = info.substr(0, info.find('\n'));
    info.remove_prefix(std::min(info.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) take(line.substr(0, colon), line.substr(colon + 1));
  }
}

} // namespace invited::store::redis
