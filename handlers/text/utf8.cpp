#include "handlers/text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace invited::handlers {

namespace {

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

/// Whether a sequence of two bytes or more may begin with this byte.
bool is_lead(unsigned byte) {
  return byte >= 0xC2 && byte <= 0xF4;
}

std::size_t length_by(unsigned lead) {
  return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

/// The ranges are those of RFC 3629 §4: they exclude overlong forms and surrogates.
bool may_be_second(unsigned lead, unsigned second) {
  const unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= least && second <= most;
}

bool is_continuation(unsigned byte) {
  return (byte & 0xC0) == 0x80;
}

/// Length of the well-formed sequence that starts at `i` with a byte of 0x80 or more; 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const unsigned lead = byte_at(text, i);
  const std::size_t length = length_by(lead);
  if (!is_lead(lead) || text.size() - i < length || !may_be_second(lead, byte_at(text, i + 1))) return 0;
  for (std::size_t k = 2; k < length; ++k)
    if (!is_continuation(byte_at(text, i + k))) return 0;
  return length;
}

} // namespace

std::size_t utf8_valid_prefix(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    // Almost every byte is ASCII: eight at a time.
    std::uint64_t eight = 0;
    if (text.size() - i >= sizeof eight) {
      std::memcpy(&eight, text.data() + i, sizeof eight);
      if ((eight & 0x8080808080808080U) == 0) {
        i += sizeof eight;
        continue;
      }
    }
    if (byte_at(text, i) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = sequence_length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return i;
}

std::size_t utf8_bad_size(std::string_view text) {
  const unsigned lead = byte_at(text, 0);
  if (!is_lead(lead) || text.size() == 1 || !may_be_second(lead, byte_at(text, 1))) return 1;
  const std::size_t most = std::min(length_by(lead), text.size());
  std::size_t size = 2;
  while (size < most && is_continuation(byte_at(text, size))) ++size;
  return size;
}

char32_t utf8_take_long(std::string_view& text) {
  const unsigned lead = byte_at(text, 0);
  const std::size_t length = length_by(lead);
  char32_t c = lead & (0x7FU >> length);
  for (std::size_t k = 1; k < length; ++k) c = c << 6 | (byte_at(text, k) & 0x3F);
  text.remove_prefix(length);
  return c;
}

std::size_t utf8_count(std::string_view text) {
  const auto starts = std::count_if(text.begin(), text.end(),
                                    [](char b) { return !is_continuation(static_cast<unsigned char>(b)); });
  return static_cast<std::size_t>(starts);
}

std::string_view utf8_trim(std::string_view text) {
  return utf8_trim(text, is_white_space);
}

std::string_view utf8_trim(std::string_view text, bool (*is_trimmed)(char32_t)) {
  while (!text.empty()) {
    std::string_view rest = text;
    if (!is_trimmed(utf8_take(rest))) break;
    text = rest;
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (is_continuation(byte_at(text, last))) --last;
    std::string_view tail = text.substr(last);
    if (!is_trimmed(utf8_take(tail))) break;
    text = text.substr(0, last);
  }
  return text;
}

bool is_white_space(char32_t c) {
  return c == U' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

bool is_deceptive(char32_t c) {
  return (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool is_invisible(char32_t c) {
  struct range {
    char32_t first, last;
  };
  constexpr range ranges[] = {
      {0xAD, 0xAD},       {0x034F, 0x034F},   {0x061C, 0x061C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},
      {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x206F}, {0x2800, 0x2800},
      {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8},
      {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
  };
  return std::ranges::any_of(ranges, [c](range r) { return c >= r.first && c <= r.last; });
}

} // namespace invited::handlers
