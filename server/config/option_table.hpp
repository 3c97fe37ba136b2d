#pragma once

#include "server/config/options.hpp"
#include "server/config/parsed.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// What the sources and `--help` need to know of an option.
struct option_info {
  std::string_view name;     ///< `ttl-min`: the flag without its dashes, the key in the file
  std::string_view kind;     ///< what stands for the value in `--help`; empty: a switch, which takes none
  std::string_view fallback; ///< the value's text when no source gives one; empty: there is none
  std::string_view help;
  bool repeatable = false;
};

/// An option of `serve`: how its text gets into `options`.
struct option_entry {
  option_info info;

  /// Reads `text` and sets (or, where repeatable, appends to) the option's member; or says what is wrong.
  parsed<void> (*apply)(options& target, std::string_view text);
};

/// Every option of `serve`. Flags, environment, config file, defaults and `--help` are all driven by this one
/// table.
std::span<const option_entry> option_table();

/// The same, for those who only need to know the names. Static storage.
std::vector<option_info> serve_options();

/// The entry of that name; throws std::logic_error when there is none.
const option_info& option_named(std::string_view name);

} // namespace invited::server
