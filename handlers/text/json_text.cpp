#include "handlers/text/json_text.hpp"

#include "handlers/text/byte_scan.hpp"

#include <array>
#include <cstddef>

namespace invited::handlers {
namespace {

/// What a byte becomes that does not stay as it is: 'u' is \u00XX, anything else is the letter behind the
/// backslash.
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

/// How many bytes stay as they are.
std::size_t clean_run(std::string_view text) {
  using namespace byte_scan;
  return run_length(text, [](word w) {
    return below(w, 0x20) | equal(w, '"') | equal(w, '\\') | equal(w, '<') | equal(w, 0x7f);
  });
}

void append_escaped(std::string& out, unsigned char byte) {
  const char escape = escapes[byte];
  out += '\\';
  out += escape;
  if (escape == 'u') {
    out += "00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
}

} // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  // Clean runs are copied in one piece: nearly every text is one run.
  for (;;) {
    const std::size_t run = clean_run(text);
    out += text.substr(0, run);
    if (run == text.size()) break;
    append_escaped(out, static_cast<unsigned char>(text[run]));
    text.remove_prefix(run + 1);
  }
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
