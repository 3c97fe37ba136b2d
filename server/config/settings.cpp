#include "server/config/sources.hpp"

#include <algorithm>

namespace invited::server {

void settings::add(std::vector<given> source, std::span<const option_info> known, findings& found) {
  std::map<std::string, std::vector<given>, std::less<>> grouped;
  for (auto& value : source) {
    auto& values = grouped[value.name];
    const auto option = std::ranges::find(known, value.name, &option_info::name);
    if (!values.empty() && option != known.end() && !option->repeatable) {
      found.errors.push_back(value.source + ": is given more than once, but takes only one value");
      continue;
    }
    values.push_back(std::move(value));
  }
  values_.merge(grouped); // keeps what is there already: the stronger source
}

std::span<const given> settings::operator[](std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return {};
  return found->second;
}

std::string settings::source_of(std::string_view name) const {
  const auto values = (*this)[name];
  return values.empty() ? "the default" : values.front().source;
}

settings read_settings(std::span<const std::string_view> args, std::span<const std::string_view> environment,
                       std::span<const option_info> flags, std::span<const option_info> known,
                       const file_reader& read, findings& found) {
  settings all;
  all.add(read_flags(args, flags, found), flags, found);
  all.add(read_environment(environment, known, found), known, found);
  if (const auto file = all["config"]; !file.empty())
    all.add(read_config_file(file.front(), read, known, found), known, found);
  return all;
}

} // namespace invited::server
