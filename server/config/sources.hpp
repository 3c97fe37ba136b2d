#pragma once

#include "server/config/option_table.hpp"

#include <boost/system/result.hpp>

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The sources of options. Each source gives names with values as text, and for messages the exact place of
// each. Nothing here knows what a value means.
namespace invited::server {

/// What went wrong. Everything is checked before anything is reported.
struct findings {
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

/// One value, as text.
struct given {
  std::string name;
  std::string value;
  std::string source; ///< `--rate`, `INVITED_RATE`, `/etc/invited.conf:3: rate`
};

/// Reads a whole file. It is injected, so that tests need no file.
using file_reader = std::function<boost::system::result<std::string>(const std::string& path)>;

/// Flags `--name value` and `--name=value`. A value that starts with `--` needs the second form. A switch (an
/// option without kind) takes no value, and its value here is empty.
std::vector<given> read_flags(std::span<const std::string_view> args, std::span<const option_info> known,
                              findings& found);

/// Variables `INVITED_NAME` among `NAME=value` entries; lists split at commas. An empty variable counts as
/// not set, because compose files and shells leave a variable out this way. An unknown one is only a warning:
/// Kubernetes injects INVITED_PORT and the like for a service called `invited`.
std::vector<given> read_environment(std::span<const std::string_view> entries,
                                    std::span<const option_info> known, findings& found);

/// Lines `name = value` of a config file's text; `#` starts a comment at the line's start or after white
/// space. `path` is for messages.
std::vector<given> read_config_text(std::string_view text, std::string_view path,
                                    std::span<const option_info> known, findings& found);

/// The same from a file. If it cannot be read, the error names `source`.
std::vector<given> read_config_file(const given& file, const file_reader& read,
                                    std::span<const option_info> known, findings& found);

/// `INVITED_TTL_MIN` for `ttl-min`.
std::string environment_name(std::string_view option);

/// The given values, from the strongest source for each name. A list comes whole from one source and is never
/// merged.
class settings {
public:
  /// Adds a source that is weaker than all before. More than one value for an option that takes one is an
  /// error.
  void add(std::vector<given> source, std::span<const option_info> known, findings& found);

  /// All values of an option, in order; empty if it was not given.
  std::span<const given> operator[](std::string_view name) const;

  /// The source of an option's value, for messages; `the default` if it was not given.
  std::string source_of(std::string_view name) const;

private:
  std::map<std::string, std::vector<given>, std::less<>> values_;
};

/// Flags win over the environment, and both win over the config file, which one of the two names. `flags` and
/// `known` differ for a command that has flags of its own or takes only some: environment and file always
/// know all options of `serve`.
settings read_settings(std::span<const std::string_view> args, std::span<const std::string_view> environment,
                       std::span<const option_info> flags, std::span<const option_info> known,
                       const file_reader& read, findings& found);

} // namespace invited::server
