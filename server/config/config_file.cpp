#include "server/config/nearest_name.hpp"
#include "server/config/parsed.hpp"
#include "server/config/sources.hpp"
#include "server/grammar/chars.hpp"

#include <algorithm>

namespace invited::server {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// A `#` inside a word is part of it.
std::string_view without_comment(std::string_view line) {
  for (auto at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
    if (at == 0 || blanks.find(line[at - 1]) != std::string_view::npos) return line.substr(0, at);
  return line;
}

class config_reader {
public:
  config_reader(std::string_view path, std::span<const option_info> known, findings& found)
      : path_{path}, known_{known}, found_{found} {}

  void line(std::string_view text) {
    ++number_;
    if (text.ends_with('\r')) text.remove_suffix(1);
    text = chars::trim(without_comment(text));
    if (text.empty()) return;
    const auto equals = text.find('=');
    const auto name = chars::trim(text.substr(0, equals));
    if (equals == std::string_view::npos || name.empty()) return error("is not `name = value`");
    const auto option = std::ranges::find(known_, name, &option_info::name);
    if (option == known_.end())
      return error("unknown option " + in_quotes(name) + suggestion(name, known_, ""));
    if (name == "config") return error("a config file cannot name another one");
    values_.push_back({std::string{name}, std::string{chars::trim(text.substr(equals + 1))},
                       place() + ": " + std::string{name}});
  }

  std::vector<given> take() { return std::move(values_); }

private:
  std::string place() const { return path_ + ":" + std::to_string(number_); }
  void error(const std::string& what) { found_.errors.push_back(place() + ": " + what); }

  std::string path_;
  std::span<const option_info> known_;
  findings& found_;
  std::size_t number_ = 0;
  std::vector<given> values_;
};

} // namespace

std::vector<given> read_config_text(std::string_view text, std::string_view path,
                                    std::span<const option_info> known, findings& found) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  config_reader reader{path, known, found};
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    reader.line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reader.take();
}

std::vector<given> read_config_file(const given& file, const file_reader& read,
                                    std::span<const option_info> known, findings& found) {
  if (file.value.empty()) {
    found.errors.push_back(file.source + ": needs a value");
    return {};
  }
  const auto text = read(file.value);
  if (!text) {
    found.errors.push_back(file.source + ": cannot read " + in_quotes(file.value) + ": " +
                           text.error().message());
    return {};
  }
  return read_config_text(*text, file.value, known, found);
}

} // namespace invited::server
