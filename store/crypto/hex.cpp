#include "store/crypto/hex.hpp"

#include <array>
#include <cstddef>
#include <cstring>

namespace invited::store {
namespace {

/// Every byte's two digits.
constexpr std::array<std::array<char, 2>, 256> pairs = [] {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::array<char, 2>, 256> made{};
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = {digits[i >> 4], digits[i & 0xf]};
  return made;
}();

/// The digit's value, or -1.
int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

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
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = value_of(text[2 * i]);
    const int low = value_of(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

} // namespace invited::store
