#include "server/config/configuration.hpp"
#include "server/config/checks.hpp"
#include "server/config/option_table.hpp"

#include <set>
#include <stdexcept>

namespace invited::server {

namespace {

/// False when a text was refused.
bool read_option(const option_entry& entry, const settings& given, options& values, findings& found) {
  const auto texts = given[entry.info.name];
  if (texts.empty() && !entry.info.fallback.empty()) {
    if (const auto applied = entry.apply(values, entry.info.fallback); !applied)
      throw std::logic_error("default of " + std::string{entry.info.name} + ": " + applied.error().text());
  }
  bool good = true;
  for (const auto& text : texts) {
    const auto applied = entry.apply(values, text.value);
    if (applied) continue;
    found.errors.push_back(text.source + ": " + applied.error().text());
    good = false;
  }
  return good;
}

} // namespace

options read_options(const settings& given, findings& found) {
  options values;
  std::set<std::string_view> unread;
  for (const auto& entry : option_table())
    if (!read_option(entry, given, values, found)) unread.insert(entry.info.name);
  if (values.assessment_url.empty()) values.assessment_url = values.base_url + "/assessment";
  check_together(values, given, unread, found);
  return values;
}

std::optional<configuration> load_configuration(std::span<const std::string_view> args,
                                                std::span<const std::string_view> environment,
                                                const file_reader& read, findings& found) {
  const auto known = serve_options();
  const auto given = read_settings(args, environment, known, known, read, found);
  configuration loaded;
  loaded.values = read_options(given, found);
  loaded.material = load_secrets(loaded.values, given, found);
  if (!found.errors.empty()) return std::nullopt;
  loaded.asks_for_connections = !given["max-connections"].empty();
  loaded.warnings = found.warnings;
  return loaded;
}

} // namespace invited::server
