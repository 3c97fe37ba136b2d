#include "server/config/nearest_name.hpp"
#include "server/config/parsed.hpp"
#include "server/config/sources.hpp"
#include "server/grammar/chars.hpp"
#include "store/base/ascii.hpp"

#include <algorithm>

namespace invited::server {

namespace {

constexpr std::string_view prefix = "INVITED_";

void add_list(const std::string& name, std::string_view list, const std::string& source,
              std::vector<given>& values) {
  for (;;) {
    const auto comma = list.find(',');
    // People also write "a, b", or a comma at the end.
    if (const auto item = chars::trim(list.substr(0, comma)); !item.empty())
      values.push_back({name, std::string{item}, source});
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

} // namespace

std::string environment_name(std::string_view option) {
  std::string out{prefix};
  for (const char c : option) out += c == '-' ? '_' : store::ascii_upper(c);
  return out;
}

std::vector<given> read_environment(std::span<const std::string_view> entries,
                                    std::span<const option_info> known, findings& found) {
  std::vector<given> values;
  for (const auto entry : entries) {
    if (!entry.starts_with(prefix)) continue;
    const auto equals = std::min(entry.find('='), entry.size());
    const std::string variable{entry.substr(0, equals)};
    const auto option =
        std::ranges::find(known, variable, [](const option_info& o) { return environment_name(o.name); });
    if (option == known.end()) {
      const auto near = nearest_name(std::string_view{variable}.substr(prefix.size()), known);
      found.warnings.push_back("unknown variable " + in_quotes(variable) + " is ignored" +
                               (near.empty() ? "" : " (did you mean " + environment_name(near) + "?)"));
      continue;
    }
    const auto value = equals < entry.size() ? entry.substr(equals + 1) : std::string_view{};
    if (value.empty()) continue;
    const std::string name{option->name};
    if (option->repeatable)
      add_list(name, value, variable, values);
    else
      values.push_back({name, std::string{value}, variable});
  }
  return values;
}

} // namespace invited::server
