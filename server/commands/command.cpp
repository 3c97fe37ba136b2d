#include "server/commands/command.hpp"

#include <algorithm>
#include <ostream>

namespace invited::server {

bool asks_for_help(arguments args) {
  return std::ranges::any_of(args, [](std::string_view a) { return a == "--help" || a == "-h"; });
}

std::vector<option_info> command_options(std::span<const option_info> own,
                                         std::span<const std::string_view> of_serve) {
  std::vector<option_info> all{own.begin(), own.end()};
  for (const auto name : of_serve) all.push_back(option_named(name));
  return all;
}

bool report(std::ostream& err, const findings& found, std::string_view command) {
  for (const auto& warning : found.warnings) err << "invited: warning: " << warning << '\n';
  for (const auto& error : found.errors) err << "invited: " << error << '\n';
  if (!found.errors.empty()) err << "See: invited " << command << " --help\n";
  return found.errors.empty();
}

} // namespace invited::server
