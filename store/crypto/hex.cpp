#include "store/crypto/hex.hpp"

#include <array>
#include <cstddef>
#include <cstring>

namespace invited::store {
namespace {

/// The two digits of each byte.
constexpr std::array<std::array<char, 2>, 256> pairs = [] {
  std::array<std::array<char, 2>, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte)
    table[byte] = {hex_digits[byte >> 4], hex_digits[byte & 0xf]};
  return table;
}();

} // namespace

char* write_hex(char* to, bytes_view bytes) {
  for (const std::uint8_t byte : bytes) {
    std::memcpy(to, pairs[byte].data(), 2);
    to += 2;
  }
  return to;
}

void append_hex(std::string& out, bytes_view bytes) {
  const std::size_t start = out.size();
  out.resize(start + bytes.size() * 2);
  write_hex(out.data() + start, bytes);
}

std::string to_hex(bytes_view bytes) {
  std::string out;
  append_hex(out, bytes);
  return out;
}

bool from_hex(std::string_view text, std::span<std::uint8_t> out) {
  if (text.size() % 2 != 0 || text.size() / 2 != out.size()) return false;
  unsigned seen = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const unsigned high = hex_value(text[2 * i]);
    const unsigned low = hex_value(text[2 * i + 1]);
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
    seen |= high | low;
  }
  return seen <= 0xf;
}

} // namespace invited::store
