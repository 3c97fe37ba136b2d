#include "store/keys/invite_id.hpp"

#include "store/crypto/hex.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace invited::store {
namespace {

constexpr std::string_view ref_prefix = "inv_";
constexpr std::array<std::size_t, 5> id_parts = {4, 2, 2, 2, 6}; // bytes between the hyphens

} // namespace

group group_of(std::string_view provider_id) {
  return sha256({as_bytes(provider_id)})[0];
}

invite_id new_invite_id(group g, entropy& source) {
  invite_id id;
  const auto bytes = bytes_of(id);
  source.fill(bytes);
  bytes[0] = g;
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40); // version 4 (RFC 9562 §4.2)
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80); // variant 10 (§4.1)
  return id;
}

handle handle_of(const invite_id& id) {
  const bytes32 digest = sha256({bytes_of(id)});
  handle h;
  std::copy_n(digest.begin(), h.size(), h.begin());
  return h;
}

void write_text(char* to, const invite_ref& ref) {
  to = std::copy(ref_prefix.begin(), ref_prefix.end(), to);
  to = write_hex(to, bytes_view(&ref.tag, 1));
  write_hex(to, ref.h);
}

void write_text(char* to, const invite_id& id) {
  const bytes_view all = bytes_of(id);
  std::size_t at = 0;
  for (const std::size_t n : id_parts) {
    if (at > 0) *to++ = '-';
    to = write_hex(to, all.subspan(at, n));
    at += n;
  }
}

std::string to_text(const invite_ref& ref) {
  std::string out(ref_text_size, ' ');
  write_text(out.data(), ref);
  return out;
}

std::string to_text(const invite_id& id) {
  std::string out(id_text_size, ' ');
  write_text(out.data(), id);
  return out;
}

std::optional<invite_id> parse_invite_id(std::string_view text) {
  if (text.size() != id_text_size || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
    return {};
  invite_id id;
  const auto bytes = bytes_of(id);
  std::span<std::uint8_t> to = bytes;
  for (const std::size_t n : id_parts) {
    if (!from_hex(text.substr(0, 2 * n), to.first(n))) return {};
    text.remove_prefix(std::min(2 * n + 1, text.size()));
    to = to.subspan(n);
  }
  if ((bytes[6] & 0xf0) != 0x40 || (bytes[8] & 0xc0) != 0x80) return {};
  return id;
}

std::optional<invite_ref> parse_invite_ref(std::string_view text) {
  if (text.size() != ref_text_size || !text.starts_with(ref_prefix)) return {};
  const std::string_view hex = text.substr(ref_prefix.size());
  if (hex.find_first_not_of("0123456789abcdef") != hex.npos) return {};
  invite_ref ref;
  if (!from_hex(hex.substr(0, 2), std::span(&ref.tag, 1)) || !from_hex(hex.substr(2), ref.h)) return {};
  return ref;
}

} // namespace invited::store
