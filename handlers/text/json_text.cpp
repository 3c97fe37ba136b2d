#include "handlers/text/json_text.hpp"

#include "handlers/text/byte_scan.hpp"
#include "handlers/text/json_escapes.hpp"

#include <cstddef>

namespace invited::handlers {
namespace {

constexpr json_escapes escapes = [] {
  json_escapes table = demanded_escapes;
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['<'] = 'u';
  table[0x7f] = 'u';
  return table;
}();

/// How many bytes stay as they are.
std::size_t clean_run(std::string_view text) {
  using namespace byte_scan;
  return run_length(text, [](word w) {
    return below(w, 0x20) | equal(w, '"') | equal(w, '\\') | equal(w, '<') | equal(w, 0x7f);
  });
}

} // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  // Clean runs are copied in one piece: nearly every text is one run.
  for (;;) {
    const std::size_t run = clean_run(text);
    out += text.substr(0, run);
    if (run == text.size()) break;
    append_json_escape(out, escapes, static_cast<unsigned char>(text[run]));
    text.remove_prefix(run + 1);
  }
  out += '"';
}

} // namespace invited::handlers
