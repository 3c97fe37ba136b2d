#include "server/log/json_text.hpp"

#include "handlers/text/byte_scan.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace invited::server {

namespace {

namespace byte_scan = handlers::byte_scan;

/// True for what goes into the string as it is: visible ASCII but `"` and `\`, and DEL.
constexpr auto plain = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0x20; c < 0x80; ++c) table[c] = c != '"' && c != '\\';
  return table;
}();

std::uint8_t byte(char c) {
  return static_cast<std::uint8_t>(c);
}

/// What may follow a first byte: Unicode's table 3-7, which leaves out overlong forms, surrogates and what is
/// past U+10FFFF by narrowing the second byte.
struct sequence {
  std::size_t length; ///< 0: no first byte
  std::uint8_t second_least;
  std::uint8_t second_most;
};

constexpr sequence sequence_of(std::uint8_t first) {
  if (first >= 0xc2 && first <= 0xdf) return {2, 0x80, 0xbf};
  if (first == 0xe0) return {3, 0xa0, 0xbf};
  if (first == 0xed) return {3, 0x80, 0x9f};
  if (first >= 0xe1 && first <= 0xef) return {3, 0x80, 0xbf};
  if (first == 0xf0) return {4, 0x90, 0xbf};
  if (first >= 0xf1 && first <= 0xf3) return {4, 0x80, 0xbf};
  if (first == 0xf4) return {4, 0x80, 0x8f};
  return {0, 0, 0};
}

/// How many bytes at the start of `text` belong together, and whether they are a whole character.
struct piece {
  std::size_t size;
  bool whole;
};

piece first_piece(std::string_view text) {
  const auto expected = sequence_of(byte(text.front()));
  if (expected.length == 0) return {1, false};
  const auto available = std::min(expected.length, text.size());
  for (std::size_t i = 1; i < available; ++i) {
    const auto least = i == 1 ? expected.second_least : std::uint8_t{0x80};
    const auto most = i == 1 ? expected.second_most : std::uint8_t{0xbf};
    if (byte(text[i]) < least || byte(text[i]) > most) return {i, false};
  }
  return {available, available == expected.length};
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
  case '"': out += "\\\""; return;
  case '\\': out += "\\\\"; return;
  case '\n': out += "\\n"; return;
  case '\r': out += "\\r"; return;
  case '\t': out += "\\t"; return;
  default: break;
  }
  out += "\\u00";
  out += digits[byte(c) >> 4];
  out += digits[byte(c) & 0x0f];
}

/// Whether one of the eight bytes may not go in as it is.
constexpr bool has_special(byte_scan::word w) {
  using namespace byte_scan;
  return ((w | below(w, 0x20) | equal(w, '"') | equal(w, '\\')) & marks) != 0;
}

} // namespace

bool is_plain_json(std::string_view text) {
  constexpr std::size_t word = sizeof(byte_scan::word);
  if (text.size() < word) return std::ranges::all_of(text, [](char c) { return plain[byte(c)]; });
  for (std::size_t i = 0; i + word < text.size(); i += word) {
    if (has_special(byte_scan::load(text.data() + i))) return false;
  }
  return !has_special(byte_scan::load(text.data() + text.size() - word)); // may look at some again
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  if (is_plain_json(text)) {
    out += text;
    out += '"';
    return;
  }
  while (!text.empty()) {
    const auto stop = std::ranges::find_if(text, [](char c) { return !plain[byte(c)]; });
    const auto run = static_cast<std::size_t>(stop - text.begin());
    out += text.substr(0, run);
    text.remove_prefix(run);
    if (text.empty()) break;
    if (byte(text.front()) < 0x80) {
      append_escaped(out, text.front());
      text.remove_prefix(1);
      continue;
    }
    const auto next = first_piece(text);
    if (next.whole)
      out += text.substr(0, next.size);
    else
      out += "\\ufffd";
    text.remove_prefix(next.size);
  }
  out += '"';
}

} // namespace invited::server
