#pragma once

#include "store/crypto/bytes.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/key_ring.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace invited::server {

/// Where a chain of lines stands: behind which line, and that line's hash. Before the first line: 0 and
/// zeros.
struct chain_head {
  std::uint64_t seq = 0;
  store::bytes32 hash{};

  friend bool operator==(const chain_head&, const chain_head&) = default;
};

/// The key of the lines' MACs: HMAC-SHA256(index key, "audit file"). The index key never changes, so that a
/// file can be verified after years.
store::hmac_sha256 audit_file_key(const store::key_ring& keys);

// A line of an audit file:
//
//     {"seq":7,"at":"2026-…Z",…,"prev":"<hash of line 6>","hash":"<64 hex>","mac":"<32 hex>"}\n
//
// `hash` is SHA-256 over the line's bytes before `,"hash":`, and `mac` the first half of HMAC-SHA256 over the
// 32 bytes of the hash. Everybody can follow the hashes: no line was changed, removed or put in, unless all
// that follow were made anew. Only who has the key file can make a MAC: then nobody made them anew, either.

/// The note (`"note":"opened"`) that every file begins with, so that a file whose beginning was cut off
/// shows.
inline constexpr std::string_view opening_members = R"(,"note":"opened")";

/// Appends `members` (`"at":"…",…`, no braces) as the next line, and moves the head.
void append_line(std::string& out, chain_head& head, std::string_view members, const store::hmac_sha256& key);

/// What a line says of itself. Views of the line.
struct line_parts {
  std::uint64_t seq;
  std::string_view at;
  bool is_opening; ///< the first line of a file
  store::bytes32 prev;
  store::bytes32 hash; ///< as computed from the line, and found to be what it says
  std::array<std::uint8_t, 16> mac;
};

/// Reads one line, without its `\n`. Null and why in `wrong` when it is none, or its hash is not that of its
/// bytes.
bool read_line(std::string_view line, line_parts& out, std::string_view& wrong);

/// Whether the line was made with this key.
bool mac_is_right(const line_parts& line, const store::hmac_sha256& key);

} // namespace invited::server
