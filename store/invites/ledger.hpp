#pragma once

#include "store/crypto/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// The state of an invite. Every state except `pending` is final.
enum class invite_state : char {
  pending = 'p',
  redeemed = 'r',
  revoked = 'v',
  replaced = 's',
  expired = 'x'
};

/// The name that callers see.
std::string_view name_of(invite_state s);

/// The ledger of one invite, read from its packed value `log:{gg}:<h>`. Big endian; times are ms since 1970,
/// 0 for never:
///
///     0  version (1)           8  created_at (6)    38  locked_at (6)
///     1  state letter (1)     14  expires_at (6)    44  lost_at (6)
///     2  flags (1)            20  viewed_at (6)     50  h of the successor (16)
///     3  wrong answers (1)    26  ended_at (6)      66  blind index of the e-mail (8)
///     4  key id (4)           32  asked_at (6)      74  length of provider_id (1), provider_id,
///                                                       with flag 4: hash of the right answer (16) and of
///                                                       the last wrong one (16, 0 for none),
///                                                       with flag 32: blind index of the external id (8),
///                                                       sealed record
///
/// Flags: 1 lost, 2 erased (no longer has blind indexes, hashes or a sealed record), 4 asks for a fact, 8 a
/// second attempt to redeem was audited, 32 has an external id. 16 is kept free, for what is to stand between
/// the hashes and that index. ended_at is when it was redeemed, revoked or replaced, depending on
/// its state. Scripts change it by SETRANGE, and name its places in scripts/shared/ledger.lua. The views
/// point into the value.
struct ledger {
  invite_state state = invite_state::pending;
  std::uint8_t flags = 0;
  std::uint8_t wrong_answers = 0;
  key_id sealed_under{};
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;
  std::int64_t viewed_at = 0;
  std::int64_t ended_at = 0;
  std::int64_t asked_at = 0;
  std::int64_t locked_at = 0;
  std::int64_t lost_at = 0;
  handle successor{};
  std::string_view blind_index; ///< of the e-mail; zeros where there is none, or it is erased
  std::string_view provider_id;
  std::string_view answer;         ///< hash of the right answer; empty if no fact is asked for
  std::string_view last_wrong;     ///< hash of the last wrong answer
  std::string_view external_index; ///< blind index of the external id; empty if there is none
  std::string_view sealed;

  bool is_erased() const { return (flags & 2) != 0; }
};

/// Nothing if the value is not a ledger of this version.
std::optional<ledger> read_ledger(std::string_view value);

/// Size of a blind index in bytes.
inline constexpr std::size_t ledger_blind_size = 8;

/// A ledger in two parts. The create script writes created_at and expires_at between them.
struct new_ledger {
  std::string head; ///< up to created_at
  std::string tail; ///< after expires_at; the caller appends the sealed record
};

/// The ledger of a pending invite. The caller appends the sealed record to `tail`, which has room for
/// `sealed_size` more bytes. `blind_index` has ledger_blind_size bytes. `answer` has the size of a handle, or
/// is empty if no fact is asked for. `external_index` has ledger_blind_size bytes, or is empty if there is no
/// external id.
new_ledger begin_ledger(const key_id& sealed_under, std::string_view blind_index,
                        std::string_view provider_id, std::string_view answer = {},
                        std::string_view external_index = {}, std::size_t sealed_size = 0);

} // namespace invited::store
