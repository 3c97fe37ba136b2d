#pragma once

#include "server/config/option_table.hpp"

#include <boost/system/result.hpp>

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Where options come from. Each source gives the same thing: names with values as text, and for messages
// where exactly each stood. Nobody here knows what a value means.
namespace invited::server {

/// What went wrong; everything is looked at before anything is reported.
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

/// Reads a whole file; injected, so that tests need none.
using file_reader = std::function<boost::system::result<std::string>(const std::string& path)>;

/// Flags `--name value` and `--name=value`. A value that starts with `--` needs the second form. A switch (an
/// option without kind) takes no value and is given with an empty one.
std::vector<given> read_flags(std::span<const std::string_view> args, std::span<const option_info> known,
                              findings& found);

/// Variables `INVITED_NAME` among `NAME=value` entries; lists split at commas. An empty variable counts as
/// not set, because that is how compose files and shells leave one out. An unknown one is only a warning:
/// Kubernetes injects INVITED_PORT and the like for a service called `invited`.
std::vector<given> read_environment(std::span<const std::string_view> entries,
                                    std::span<const option_info> known, findings& found);

/// Lines `name = value` of a config file's text; `#` starts a comment at the line's start or after white
/// space. `path` is for messages.
std::vector<given> read_config_text(std::string_view text, std::string_view path,
                                    std::span<const option_info> known, findings& found);

/// The same from the file, when it can be read; else an error that names `source`.
std::vector<given> read_config_file(const given& file, const file_reader& read,
                                    std::span<const option_info> known, findings& found);

/// `INVITED_TTL_MIN` for `ttl-min`.
std::string environment_name(std::string_view option);

/// What was given, the strongest source for each name. A list comes from one source whole: never merged.
class settings {
public:
  /// Adds a source weaker than all before. More than one value for an option that takes one is an error.
  void add(std::vector<given> source, std::span<const option_info> known, findings& found);

  /// All values of an option, in order; empty when it was not given.
  std::span<const given> operator[](std::string_view name) const;

  /// The source of an option's value, for messages; `the default` when it was not given.
  std::string source_of(std::string_view name) const;

private:
  std::map<std::string, std::vector<given>, std::less<>> values_;
};

/// Flags over environment over the config file that one of the two names. `flags` and `known` differ where a
/// command takes flags of its own, or only some: environment and file always know all options of `serve`.
settings read_settings(std::span<const std::string_view> args, std::span<const std::string_view> environment,
                       std::span<const option_info> flags, std::span<const option_info> known,
                       const file_reader& read, findings& found);

} // namespace invited::server
