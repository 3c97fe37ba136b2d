#include "server/config/nearest_name.hpp"
#include "server/config/parsed.hpp"
#include "server/config/sources.hpp"

#include <algorithm>

namespace invited::server {

namespace {

bool is_flag(std::string_view argument) {
  return argument.starts_with("--");
}

} // namespace

std::vector<given> read_flags(std::span<const std::string_view> args, std::span<const option_info> known,
                              findings& found) {
  std::vector<given> values;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const auto argument = args[i];
    if (!is_flag(argument) || argument.size() == 2) {
      found.errors.push_back("unexpected argument " + in_quotes(argument));
      continue;
    }
    const auto equals = argument.find('=');
    const auto name = argument.substr(2, equals == std::string_view::npos ? equals : equals - 2);
    const bool value_inside = equals != std::string_view::npos;
    const bool value_follows = !value_inside && i + 1 < args.size() && !is_flag(args[i + 1]);
    const auto source = "--" + std::string{name};

    const auto option = std::ranges::find(known, name, &option_info::name);
    if (option == known.end()) {
      // The next argument is probably its value, and may be a secret: neither is shown.
      found.errors.push_back("unknown option " + in_quotes(source) + suggestion(name, known, "--"));
      if (value_follows) ++i;
      continue;
    }
    if (option->kind.empty()) {
      if (value_inside) found.errors.push_back(source + ": takes no value");
      values.push_back({std::string{name}, {}, source});
    } else if (value_inside) {
      values.push_back({std::string{name}, std::string{argument.substr(equals + 1)}, source});
    } else if (value_follows) {
      values.push_back({std::string{name}, std::string{args[++i]}, source});
    } else {
      found.errors.push_back(source + ": needs a value (" + std::string{option->kind} + ")");
    }
  }
  return values;
}

} // namespace invited::server
