#include "store/crypto/base64url.hpp"

#include <array>
#include <cstddef>

namespace invited::store::base64url {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t not_a_digit = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(not_a_digit);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}

constexpr std::array<std::uint8_t, 256> values = make_values();

/// Whether a text may have `digits` digits. One more than a multiple of four is impossible, because 6 bits
/// are not a byte.
constexpr bool possible(std::size_t digits) {
  return digits % 4 != 1;
}
constexpr std::size_t decoded_size(std::size_t digits) {
  return digits / 4 * 3 + digits % 4 * 3 / 4;
}

/// `out` has decoded_size(text.size()) bytes.
bool decode_bytes(std::string_view text, std::uint8_t* out) {
  std::uint32_t bits = 0;
  unsigned held = 0; // how many low bits of `bits` were not written yet
  for (const char c : text) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(c)];
    if (value == not_a_digit) return false;
    bits = bits << 6 | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      *out++ = static_cast<std::uint8_t>(bits >> held);
    }
    bits &= (1u << held) - 1;
  }
  return bits == 0; // the unused bits of the last digit
}

} // namespace

void append(std::string& out, bytes_view bytes) {
  const std::size_t start = out.size();
  out.resize(start + (bytes.size() * 4 + 2) / 3);
  char* to = out.data() + start;
  const auto put = [&to](std::uint32_t bits, unsigned digits) {
    for (unsigned i = 0; i < digits; ++i) *to++ = alphabet[bits >> (18 - 6 * i) & 0x3f];
  };
  for (; bytes.size() >= 3; bytes = bytes.subspan(3), to += 4) {
    to[0] = alphabet[bytes[0] >> 2];
    to[1] = alphabet[(bytes[0] & 0x03) << 4 | bytes[1] >> 4];
    to[2] = alphabet[(bytes[1] & 0x0f) << 2 | bytes[2] >> 6];
    to[3] = alphabet[bytes[2] & 0x3f];
  }
  if (bytes.size() == 2) put(std::uint32_t{bytes[0]} << 16 | std::uint32_t{bytes[1]} << 8, 3);
  if (bytes.size() == 1) put(std::uint32_t{bytes[0]} << 16, 2);
}

std::string encode(bytes_view bytes) {
  std::string out;
  append(out, bytes);
  return out;
}

bool decode(std::string_view text, std::string& out) {
  if (!possible(text.size())) return false;
  out.resize(decoded_size(text.size()));
  return decode_bytes(text, reinterpret_cast<std::uint8_t*>(out.data()));
}

bool decode_into(std::string_view text, std::span<std::uint8_t> out) {
  if (!possible(text.size()) || decoded_size(text.size()) != out.size()) return false;
  return decode_bytes(text, out.data());
}

} // namespace invited::store::base64url
