#include "server/http/request_id.hpp"

#include "server/http/chars.hpp"

namespace invited::server {
namespace {

void put_hex(char* out, std::uint64_t value) {
  for (int i = 15; i >= 0; --i, value >>= 4) out[i] = "0123456789abcdef"[value & 15];
}

} // namespace

request_ids::request_ids(std::uint64_t random_prefix) {
  put_hex(text_.data(), random_prefix);
}

void request_ids::next(std::array<char, length>& out) {
  put_hex(text_.data() + 16, ++count_);
  out = text_;
}

bool request_ids::is_valid(std::string_view id) {
  return !id.empty() && id.size() <= 64 && chars::all(chars::request_id, id);
}

} // namespace invited::server
