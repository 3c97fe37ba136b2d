#include "handlers/http/json_text.hpp"

#include <array>
#include <cstddef>

namespace invited::handlers {
namespace {

/// What a byte becomes: 0 stays as it is, 'u' is \u00XX, anything else is the letter behind the backslash.
constexpr std::array<char, 256> escapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b';
  table['\t'] = 't';
  table['\n'] = 'n';
  table['\f'] = 'f';
  table['\r'] = 'r';
  table['"'] = '"';
  table['\\'] = '\\';
  table['<'] = 'u';
  table[0x7f] = 'u';
  return table;
}();

constexpr std::string_view hex = "0123456789abcdef";

} // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  // Clean runs are copied in one piece: nearly every text is one run.
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = escapes[byte];
    if (escape == 0) continue;
    out.append(text, run, i - run);
    run = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') {
      out += "00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
  out.append(text, run);
  out += '"';
}

void append_json_member(std::string& out, std::string_view quoted_name, std::string_view text) {
  out += quoted_name;
  if (text.empty()) {
    out += "null";
  } else {
    append_json_string(out, text);
  }
}

} // namespace invited::handlers
