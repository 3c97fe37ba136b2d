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

/// The end of a chain of lines: the number of the last line and its hash. Before the first line: 0 and zeros.
struct chain_head {
  std::uint64_t seq = 0;
  store::bytes32 hash{};

  friend bool operator==(const chain_head&, const chain_head&) = default;
};

/// The key of the lines' MACs: HMAC-SHA256(index key, "audit file"). The index key never changes, so a file
/// can be verified after years.
store::hmac_sha256 audit_file_key(const store::key_ring& keys);

// A line of an audit file:
//
//     {"seq":7,"at":"2026-…Z",…,"prev":"<hash of line 6>","hash":"<64 hex>","mac":"<32 hex>"}\n
//
// `hash` is SHA-256 over the line's bytes before `,"hash":`, and `mac` the first half of HMAC-SHA256 over the
// 32 bytes of the hash. Lines are put together by hand, because hash and MAC are over exact bytes:
// read_line() finds its places by them. Everybody can check the hashes: they prove that no line was changed,
// removed or inserted, unless all following lines were made anew. Only the holder of the key file can make a
// MAC, so the MACs prove that nobody else made lines anew.

/// The note (`"note":"opened"`) with which every file begins. It shows whether the beginning of a file was
/// cut off.
inline constexpr std::string_view opening_members = R"(,"note":"opened")";

/// Appends `members` (`"at":"…",…`, no braces) as the next line, and moves the head on.
void append_line(std::string& out, chain_head& head, std::string_view members, const store::hmac_sha256& key);

/// The parts of a line. Views of the line.
struct line_parts {
  std::uint64_t seq;
  std::string_view at;
  bool is_opening; ///< the first line of a file
  store::bytes32 prev;
  store::bytes32 hash; ///< computed from the line, and equal to the hash that it has
  std::array<std::uint8_t, 16> mac;
};

/// Reads one line, without its `\n`. False, with the reason in `wrong`, if it is not such a line or its hash
/// is not that of its bytes.
bool read_line(std::string_view line, line_parts& out, std::string_view& wrong);

/// Whether the line was made with this key.
bool mac_is_right(const line_parts& line, const store::hmac_sha256& key);

} // namespace invited::server
