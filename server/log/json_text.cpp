#include "server/log/json_text.hpp"

#include "handlers/text/byte_scan.hpp"
#include "handlers/text/json_escapes.hpp"
#include "handlers/text/utf8.hpp"

#include <algorithm>

namespace invited::server {

namespace {

namespace byte_scan = handlers::byte_scan;

constexpr const handlers::json_escapes& escapes = handlers::demanded_escapes;

bool stays(char c) {
  return escapes[static_cast<unsigned char>(c)] == 0;
}

bool is_plain(char c) {
  return stays(c) && static_cast<unsigned char>(c) < 0x80;
}

/// `text` is well-formed UTF-8.
void append_escaped(std::string& out, std::string_view text) {
  for (;;) {
    const auto run = static_cast<std::size_t>(std::ranges::find_if_not(text, stays) - text.begin());
    out += text.substr(0, run);
    if (run == text.size()) return;
    handlers::append_json_escape(out, escapes, static_cast<unsigned char>(text[run]));
    text.remove_prefix(run + 1);
  }
}

/// Whether one of the eight bytes needs an escape.
constexpr bool has_special(byte_scan::word w) {
  using namespace byte_scan;
  return ((w | below(w, 0x20) | equal(w, '"') | equal(w, '\\')) & marks) != 0;
}

} // namespace

bool is_plain_json(std::string_view text) {
  constexpr std::size_t word = sizeof(byte_scan::word);
  if (text.size() < word) return std::ranges::all_of(text, is_plain);
  for (std::size_t i = 0; i + word < text.size(); i += word) {
    if (has_special(byte_scan::load(text.data() + i))) return false;
  }
  return !has_special(byte_scan::load(text.data() + text.size() - word)); // may look at some twice
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  if (is_plain_json(text)) {
    out += text;
    out += '"';
    return;
  }
  for (;;) {
    const std::size_t valid = handlers::utf8_valid_prefix(text);
    append_escaped(out, text.substr(0, valid));
    text.remove_prefix(valid);
    if (text.empty()) break;
    out += "\\ufffd";
    text.remove_prefix(handlers::utf8_bad_size(text));
  }
  out += '"';
}

} // namespace invited::server
