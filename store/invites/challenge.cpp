#include "store/invites/challenge.hpp"

#include "store/crypto/sealer.hpp"

namespace invited::store {

std::string_view name_of(challenge_kind kind) {
  switch (kind) {
  case challenge_kind::birth_date: return "birth_date";
  case challenge_kind::code: return "code";
  }
  return {};
}

std::optional<challenge_kind> challenge_kind_named(std::string_view name) {
  for (const challenge_kind kind : {challenge_kind::birth_date, challenge_kind::code}) {
    if (name_of(kind) == name) return kind;
  }
  return {};
}

handle answer_hash(sealer& seals, const handle& h, const challenge& asked) {
  return first_half(seals.blind("answer", {as_text(h), name_of(asked.kind), asked.answer}));
}

} // namespace invited::store
