#include "server/commands/command.hpp"

#include <algorithm>
#include <ostream>

namespace invited::server {

bool asks_for_help(arguments args) {
  return std::ranges::any_of(args, [](std::string_view a) { return a == "--help" || a == "-h"; });
}

void print_errors(std::ostream& err, std::span<const std::string> errors, std::string_view command) {
  for (const auto& error : errors) err << "invited: " << error << '\n';
  err << "See: invited " << command << " --help\n";
}

} // namespace invited::server
