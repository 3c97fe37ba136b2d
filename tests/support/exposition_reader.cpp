#include "tests/support/exposition_reader.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace invited::test {
namespace {

[[noreturn]] void fail(std::string_view why, std::string_view line) {
  throw std::runtime_error(std::string(why) + ": " + std::string(line));
}

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

std::string take_name(std::string_view& rest, std::string_view line) {
  std::size_t n = 0;
  while (n < rest.size() && (is_name_start(rest[n]) || (n > 0 && rest[n] >= '0' && rest[n] <= '9'))) ++n;
  if (n == 0) fail("no name", line);
  const std::string name(rest.substr(0, n));
  rest.remove_prefix(n);
  return name;
}

void take(std::string_view& rest, std::string_view expected, std::string_view line) {
  if (!rest.starts_with(expected)) fail("expected '" + std::string(expected) + "'", line);
  rest.remove_prefix(expected.size());
}

std::string take_label_value(std::string_view& rest, std::string_view line) {
  take(rest, "\"", line);
  std::string value;
  while (!rest.empty() && rest[0] != '"') {
    if (rest[0] == '\\') {
      if (rest.size() < 2) fail("a backslash at the end", line);
      const char c = rest[1];
      if (c != '\\' && c != '"' && c != 'n') fail("no such escape", line);
      value += c == 'n' ? '\n' : c;
      rest.remove_prefix(2);
    } else {
      value += rest[0];
      rest.remove_prefix(1);
    }
  }
  take(rest, "\"", line);
  return value;
}

double read_number(std::string_view text, std::string_view line) {
  if (text == "+Inf") return std::numeric_limits<double>::infinity();
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || std::isnan(value))
    fail("not a number", line);
  return value;
}

/// The family of a sample. For a histogram, this is its name without the suffix.
std::string family_of(const std::string& name, const std::map<std::string, std::string>& types) {
  for (const std::string_view suffix : {"_bucket", "_sum", "_count"}) {
    if (!name.ends_with(suffix)) continue;
    const std::string stem = name.substr(0, name.size() - suffix.size());
    const auto it = types.find(stem);
    if (it != types.end() && it->second == "histogram") return stem;
  }
  return name;
}

} // namespace

exposition_reader::exposition_reader(std::string_view text) : text_(text) {
  if (text.empty() || text.back() != '\n') throw std::runtime_error("the last line has no end");
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    take_line(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  check_histograms();
}

void exposition_reader::take_line(std::string_view line) {
  if (line.find('\r') != line.npos) fail("a carriage return", line);
  if (line.empty()) return;
  if (line[0] == '#') return take_comment(line);
  take_sample(line);
}

void exposition_reader::take_comment(std::string_view line) {
  std::string_view rest = line;
  const bool help = rest.starts_with("# HELP ");
  take(rest, help ? "# HELP " : "# TYPE ", line);
  const std::string name = take_name(rest, line);
  take(rest, " ", line);
  if (help) {
    if (!helps_.emplace(name, rest).second) fail("HELP twice", line);
    if (rest.empty()) fail("HELP says nothing", line);
    family_ = name;
    return;
  }
  if (name != family_) fail("TYPE of another family than HELP before it", line);
  if (rest != "counter" && rest != "gauge" && rest != "histogram") fail("no such type", line);
  if ((rest == "counter") != name.ends_with("_total")) fail("counters, and they alone, end in _total", line);
  if (!types_.emplace(name, rest).second) fail("TYPE twice", line);
}

void exposition_reader::take_sample(std::string_view line) {
  std::string_view rest = line;
  series s{take_name(rest, line), {}};
  const std::string family = family_of(s.first, types_);
  if (family != family_ || !types_.contains(family)) fail("a sample outside of its family", line);
  if (types_[family] == "histogram" && family == s.first)
    fail("a histogram has no sample of its own name", line);
  if (rest.starts_with("{")) {
    char before = '{';
    while (!rest.starts_with("}")) {
      take(rest, std::string_view(&before, 1), line);
      before = ',';
      const std::string label = take_name(rest, line);
      if (label.find(':') != label.npos || label.starts_with("__")) fail("no name for a label", line);
      take(rest, "=", line);
      if (!s.second.emplace(label, take_label_value(rest, line)).second) fail("a label twice", line);
    }
    take(rest, "}", line);
  }
  take(rest, " ", line);
  const double value = read_number(rest, line);
  if (types_[family] != "gauge" && value < 0) fail("less than nothing", line);
  if (!values_.emplace(std::move(s), value).second) fail("a series twice", line);
}

void exposition_reader::check_histograms() const {
  std::map<series, std::map<double, double>> all; // by name and all labels except le
  for (const auto& [s, value] : values_) {
    if (!s.second.contains("le")) continue;
    series without = s;
    without.second.erase("le");
    all[without][read_number(s.second.at("le"), s.first)] = value;
  }
  for (const auto& [s, buckets] : all) {
    double before = 0;
    for (const auto& [bound, value] : buckets) {
      if (value < before) fail("a bucket smaller than the one before", s.first);
      before = value;
    }
    if (!std::isinf(buckets.rbegin()->first)) fail("no +Inf bucket", s.first);
    const std::string stem = s.first.substr(0, s.first.size() - std::string_view("_bucket").size());
    if ((*this)(stem + "_count", s.second) != before) fail("+Inf is not the count", s.first);
    (*this)(stem + "_sum", s.second);
  }
}

double exposition_reader::operator()(const std::string& name,
                                     const std::map<std::string, std::string>& labels) const {
  const auto it = values_.find({name, labels});
  if (it == values_.end()) throw std::runtime_error("no series " + name);
  return it->second;
}

double exposition_reader::or_zero(const std::string& name,
                                  const std::map<std::string, std::string>& labels) const {
  const auto it = values_.find({name, labels});
  return it == values_.end() ? 0 : it->second;
}

} // namespace invited::test
