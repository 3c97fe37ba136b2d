#include "server/metrics/exposition.hpp"

#include "handlers/text/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace invited::server {
namespace {

using handlers::append_number;

/// In a HELP line the backslash and the line feed are escaped, in a label's value the quote, too.
void append_escaped(std::string& out, std::string_view text, bool quoted) {
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || (quoted && c == '"')) out += '\\';
    out += c;
  }
}

} // namespace

std::string number_text(double value) {
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  if (std::isnan(value)) return "NaN";
  std::string text;
  // A label's value is compared as text, and other exporters write 0.0005 and not 5e-04.
  if (value == 0 || (std::abs(value) >= 1e-6 && std::abs(value) < 1e15)) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed).ptr;
    text.append(digits.begin(), end);
  } else {
    append_number(text, value);
  }
  return text;
}

void exposition::family(std::string_view name, std::string_view help, std::string_view type) {
  name_ = name;
  ((text_ += "# HELP ") += name) += ' ';
  append_escaped(text_, help, false);
  (((text_ += "\n# TYPE ") += name) += ' ') += type;
  text_ += '\n';
}

void exposition::begin_sample(labels of, std::string_view suffix) {
  (text_ += name_) += suffix;
  char before = '{';
  for (const auto& [name, value] : of) {
    ((text_ += before) += name) += "=\"";
    append_escaped(text_, value, true);
    text_ += '"';
    before = ',';
  }
  if (before == ',') text_ += '}';
  text_ += ' ';
}

void exposition::sample(std::uint64_t value, labels of, std::string_view suffix) {
  begin_sample(of, suffix);
  append_number(text_, value);
  text_ += '\n';
}

void exposition::sample(double value, labels of, std::string_view suffix) {
  begin_sample(of, suffix);
  text_ += number_text(value);
  text_ += '\n';
}

void exposition::single_counter(std::string_view name, std::string_view help, std::uint64_t value) {
  counter(name, help);
  sample(value);
}

void exposition::single_gauge(std::string_view name, std::string_view help, double value) {
  gauge(name, help);
  sample(value);
}

} // namespace invited::server
