#include "server/http/request_id.hpp"

#include "server/grammar/chars.hpp"
#include "store/crypto/hex.hpp"

namespace invited::server {
namespace {

constexpr std::size_t prefix_length = 16;

void put_hex(char* out, std::uint64_t value) {
  for (int i = 15; i >= 0; --i, value >>= 4) out[i] = store::hex_digits[value & 15];
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): one-to-one, so that no two numbers make the
/// same id.
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

} // namespace

request_ids::request_ids(std::uint64_t random_prefix) : span_(random_prefix) {
  put_hex(text_.data(), random_prefix);
  put_hex(text_.data() + prefix_length, 0);
}

void request_ids::next(std::array<char, length>& out) {
  // It counts in the text itself: fifteen times out of sixteen only one digit changes.
  for (std::size_t i = length; i > prefix_length; --i) {
    char& digit = text_[i - 1];
    digit = digit == '9' ? 'a' : digit == 'f' ? '0' : static_cast<char>(digit + 1);
    if (digit != '0') break;
  }
  out = text_;
}

void request_ids::next_span(std::array<char, span_length>& out) {
  if (++span_ == 0) ++span_; // mix(0) is 0
  put_hex(out.data(), mix(span_));
}

bool request_ids::is_valid(std::string_view id) {
  return !id.empty() && id.size() <= 64 && chars::all(chars::request_id, id);
}

} // namespace invited::server
