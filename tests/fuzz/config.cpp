#include "server/config/configuration.hpp"
#include "server/config/option_table.hpp"
#include "server/config/sources.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>
#include <vector>

using namespace invited;
using namespace invited::server;
using namespace invited::fuzz;

/// A config file, and the same lines as flags and as variables. No file that they name is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1000) return 0; // for an unknown name the nearest one is searched
  std::string_view text = text_of(data, size);
  static const std::vector<option_info> known = serve_options();
  findings in_file;
  std::vector<given> values = read_config_text(text, "invited.conf", known, in_file);
  for (const given& value : values)
    demand(value.source.starts_with("invited.conf:") && value.name != "config", "a value has its source");
  for (const std::string& error : in_file.errors)
    demand(error.find_first_of("\r\n") == error.npos, "an error is a line");
  settings given_values;
  given_values.add(std::move(values), known, in_file);
  static_cast<void>(read_options(given_values, in_file));

  std::vector<std::string_view> lines;
  while (!text.empty()) lines.push_back(take_line(text));
  findings in_flags, in_environment;
  static_cast<void>(read_flags(lines, known, in_flags));
  static_cast<void>(read_environment(lines, known, in_environment));
  return 0;
}
