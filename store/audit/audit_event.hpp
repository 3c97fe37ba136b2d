#pragma once

#include "store/crypto/sealer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// What somebody did, as the letter that the stream `aud:{gg}` holds. audit_actions.def lists them.
enum class audit_action : char {
#define INVITED_AUDIT_ACTION(name, letter) name = letter,
#include "store/audit/audit_actions.def"
#undef INVITED_AUDIT_ACTION
};

/// The snake_case word that callers see.
std::string_view name_of(audit_action a);

/// Nothing for a letter that stands for no action.
std::optional<audit_action> audit_action_of(std::string_view letter);

/// How many events an entry stands for, from its field `n`: 1 if that is empty, nothing if it is not such a
/// number.
std::optional<std::uint64_t> audit_count_of(std::string_view n);

/// Who acted, and from where. An empty role is the system itself (an expiry, for example).
struct audit_actor {
  std::string_view role;    ///< a staff role's name, "patient", or "several"; 255 bytes at the most
  std::string_view subject; ///< of staff only; 255 bytes at the most
  std::string_view
      address; ///< whole for staff, /24 or /48 for patients (coarse_address.hpp); 255 at the most
};

struct opened_audit_actor {
  std::string role;
  std::string subject;
  std::string address;
};

/// The actor as Redis may hold it: key id (4) ‖ sealed text, so that it still opens after the sealing key was
/// changed. Empty for the system. The sealed text is the role's letter (or 0, the role's length and the
/// role), the address's length, the address, and the subject. It is bound to `h`, the handle of the invite.
/// For an event without an invite `h` is all zeros, and the text is bound to `provider_id`.
std::string seal_actor(sealer& seals, const handle& h, std::string_view provider_id,
                       const audit_actor& actor);
/// The same under `key`, which must be derived from the sealer's current key.
std::string seal_actor(sealer& seals, const handle_key& key, std::string_view provider_id,
                       const audit_actor& actor);

/// errc::key_unavailable if its key is not held, errc::corrupt if it does not open.
result<opened_audit_actor> open_actor(sealer& seals, const handle& h, std::string_view provider_id,
                                      std::string_view sealed);

} // namespace invited::store
