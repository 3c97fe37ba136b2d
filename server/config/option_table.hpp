#pragma once

#include "server/config/options.hpp"
#include "server/config/parsed.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// What the sources and `--help` need to know about an option.
struct option_info {
  std::string_view name;     ///< `ttl-min`: the flag without its dashes, the key in the file
  std::string_view kind;     ///< the word for the value in `--help`; empty: a switch, which takes no value
  std::string_view fallback; ///< the text of the value if no source gives one; empty: no default
  std::string_view help;
  bool repeatable = false;
};

/// An option of `serve`, and how its text gets into `options`.
struct option_entry {
  option_info info;

  /// Reads `text` and sets the option's member, or appends to it if the option is repeatable. Returns what is
  /// wrong, if anything.
  parsed<void> (*apply)(options& target, std::string_view text);
};

/// Every option of `serve`. Flags, environment, config file, defaults and `--help` all follow from this
/// table.
std::span<const option_entry> option_table();

/// The same, for callers that need only the names. Static storage.
std::vector<option_info> serve_options();

/// The entry of that name; throws std::logic_error if there is none.
const option_info& option_named(std::string_view name);

} // namespace invited::server
