#include "server/audit/audit_chain.hpp"

#include "store/crypto/hex.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace invited::server {
namespace {

constexpr std::string_view seq_name = R"({"seq":)";
constexpr std::string_view at_name = R"("at":")";
constexpr std::string_view prev_name = R"(,"prev":")";
constexpr std::string_view hash_name = R"(,"hash":")";
constexpr std::string_view mac_name = R"(","mac":")";
constexpr std::string_view line_end = "\"}";

constexpr std::size_t hash_digits = 64;
constexpr std::size_t mac_digits = 32;
constexpr std::size_t time_size = std::string_view("2026-01-31T23:59:59.999Z").size();
constexpr std::size_t tail_size =
    hash_name.size() + hash_digits + mac_name.size() + mac_digits + line_end.size();
constexpr std::size_t prev_size = prev_name.size() + hash_digits + 1; // and a quote

std::array<std::uint8_t, 16> mac_of(const store::bytes32& hash, const store::hmac_sha256& key) {
  const store::bytes32 whole = key({hash});
  std::array<std::uint8_t, 16> half;
  std::copy_n(whole.begin(), half.size(), half.begin());
  return half;
}

/// Takes `expected` off the front of `text`; false if it is not there.
bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

bool take_hex(std::string_view& text, std::span<std::uint8_t> out) {
  const std::size_t digits = 2 * out.size();
  if (text.size() < digits || !store::from_hex(text.substr(0, digits), out)) return false;
  text.remove_prefix(digits);
  return true;
}

/// `{"seq":7,"at":"2026-…Z",`: the beginning of every line.
bool read_front(std::string_view text, line_parts& out) {
  if (!take(text, seq_name)) return false;
  const auto [stop, bad] = std::from_chars(text.data(), text.data() + text.size(), out.seq);
  if (bad != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  if (!take(text, ",") || !take(text, at_name) || text.size() < time_size + 1) return false;
  out.at = text.substr(0, time_size);
  text.remove_prefix(time_size);
  if (!take(text, "\"")) return false;
  out.is_opening = text.starts_with(opening_members);
  return true;
}

} // namespace

store::hmac_sha256 audit_file_key(const store::key_ring& keys) {
  store::bytes32 key = store::hmac_sha256(keys.index_key())({store::as_bytes("audit file")});
  const store::hmac_sha256 mac(key);
  store::wipe(key);
  return mac;
}

void append_line(std::string& out, chain_head& head, std::string_view members,
                 const store::hmac_sha256& key) {
  const std::size_t begin = out.size();
  out += seq_name;
  out += std::to_string(head.seq + 1);
  out += ',';
  out += members;
  out += prev_name;
  store::append_hex(out, head.hash);
  out += '"';
  head.hash = store::sha256({store::as_bytes(std::string_view(out).substr(begin))});
  ++head.seq;
  out += hash_name;
  store::append_hex(out, head.hash);
  out += mac_name;
  store::append_hex(out, mac_of(head.hash, key));
  out += line_end;
  out += '\n';
}

bool read_line(std::string_view line, line_parts& out, std::string_view& wrong) {
  wrong = "is not a line of an audit file";
  if (line.size() < tail_size + prev_size) return false;
  const std::string_view covered = line.substr(0, line.size() - tail_size);
  std::string_view prev = covered.substr(covered.size() - prev_size);
  std::string_view tail = line.substr(covered.size());
  store::bytes32 said;
  if (!read_front(covered, out) || !take(prev, prev_name) || !take_hex(prev, out.prev) || prev != "\"" ||
      !take(tail, hash_name) || !take_hex(tail, said) || !take(tail, mac_name) || !take_hex(tail, out.mac) ||
      tail != line_end)
    return false;
  out.hash = store::sha256({store::as_bytes(covered)});
  if (out.hash == said) return true;
  wrong = "was changed: its hash does not match its bytes";
  return false;
}

bool mac_is_right(const line_parts& line, const store::hmac_sha256& key) {
  return store::equal_in_constant_time(line.mac, mac_of(line.hash, key));
}

} // namespace invited::server
