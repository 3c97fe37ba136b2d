#pragma once

#include "store/base/entropy.hpp"
#include "store/crypto/digest.hpp"

#include <boost/uuid/uuid.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::store {

/// The patient's one-time access token: a version-4 UUID (RFC 9562 §5.4) whose first byte is its provider's
/// group. Secret: whoever has it may redeem. The other 114 free bits come from the system's entropy.
using invite_id = boost::uuids::uuid;

/// The id's bytes, in the order of its text. Boost's own member for them has another type since 1.86.
inline constexpr std::size_t id_size = 16;
inline std::span<std::uint8_t, id_size> bytes_of(invite_id& id) noexcept {
  return std::span<std::uint8_t, id_size>(&*id.begin(), id_size);
}
inline std::span<const std::uint8_t, id_size> bytes_of(const invite_id& id) noexcept {
  return std::span<const std::uint8_t, id_size>(&*id.begin(), id_size);
}

/// The hash tag (of 256) of a provider's keys: the first byte of SHA-256 of its provider_id. It never
/// changes.
using group = std::uint8_t;
inline constexpr std::size_t groups = 256;

group group_of(std::string_view provider_id);

/// Makes a new id in `g`.
invite_id new_invite_id(group g, entropy& source);

inline group group_of(const invite_id& id) {
  return bytes_of(id)[0];
}

/// h, the name of an invite in Redis: the first 16 bytes of SHA-256 over the id's 16 bytes. The id cannot be
/// found from h.
handle handle_of(const invite_id& id);

/// An invite's public handle, safe in logs and URLs: "inv_", the group and h in hex.
struct invite_ref {
  group tag = 0;
  handle h{};

  friend bool operator==(const invite_ref&, const invite_ref&) = default;
};

inline invite_ref ref_of(const invite_id& id) {
  return {group_of(id), handle_of(id)};
}

std::string to_text(const invite_ref& ref);

/// Canonical text, lower case, with hyphens.
std::string to_text(const invite_id& id);

/// Write the same texts to `to`, which has room for this many bytes.
inline constexpr std::size_t ref_text_size = 38;
inline constexpr std::size_t id_text_size = 36;
void write_text(char* to, const invite_ref& ref);
void write_text(char* to, const invite_id& id);

/// Reads the canonical form in either case. Hyphens are required, and braces and white space are refused. An
/// id of another version or variant is not one of ours.
std::optional<invite_id> parse_invite_id(std::string_view text);

/// Reads a ref. Hex digits must be in lower case, as to_text() writes them.
std::optional<invite_ref> parse_invite_ref(std::string_view text);

} // namespace invited::store
