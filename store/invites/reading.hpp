#pragma once

#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invite_acts.hpp"
#include "store/invites/ledger.hpp"
#include "store/invites/patient_record.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

// How an act reads what a script replies with of an invite.
namespace invited::store {

/// A session as Redis keeps it (redeem-7+.lua) begins with its times, redeemed_at and exp.
inline constexpr std::size_t session_times = 6 + 6;

/// Nothing if the value is no session.
std::optional<session> read_session(std::string_view value);

/// Opens the sealed record. Errors: key_unavailable, corrupt.
result<patient_record> open_record(sealer& seals, const handle& h, const ledger& l);
result<patient_record> open_record(sealer& seals, const handle_key& key, const ledger& l);

/// What the holder of a link may see. `own_session`: of the caller's own redeem key.
result<invite_view> view_of(sealer& seals, const handle_key& key, invite_state state, bool own_session,
                            const ledger& l);

} // namespace invited::store
