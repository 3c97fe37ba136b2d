#pragma once

#include "store/crypto/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

class sealer;

/// What a patient may be asked for before a link opens.
enum class challenge_kind : char { birth_date = 'b', code = 'c' };

/// The name that callers use.
std::string_view name_of(challenge_kind kind);
std::optional<challenge_kind> challenge_kind_named(std::string_view name);

/// A fact that the patient knows, or what somebody typed as one. The caller has normalised the answer, so
/// that equal answers are equal bytes.
struct challenge {
  challenge_kind kind;
  std::string answer;
};

/// What Redis compares: an HMAC under the index key. It is never the same for two invites.
handle answer_hash(sealer& seals, const handle& h, const challenge& asked);

} // namespace invited::store
