#include "store/invites/invites.hpp"

#include "store/base/ascii.hpp"
#include "store/invites/email_form.hpp"
#include "store/keys/keys.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace invited::store {

group invites::group_of(std::string_view provider_id) {
  known_group& known = groups_[std::hash<std::string_view>()(provider_id) % groups_.size()];
  if (known.provider_id != provider_id) known = {std::string(provider_id), store::group_of(provider_id)};
  return known.tag;
}

/// The sealed actor of an act on an invite, for its line in the audit.
std::string invites::sealed_actor(const invite_ref& ref, const audit_actor& actor) {
  return seal_actor(seals_, ref.h, "", actor);
}

/// The index of the e-mail in a ledger, for searching. It is that of its form (email_form.hpp), and differs
/// between providers. Zeros, which no search finds, stand for none.
std::string invites::email_index(std::string_view provider_id, std::string_view email) {
  if (email.empty()) return std::string(ledger_blind_size, '\0');
  if (!is_ascii(email)) return blind_index("email", provider_id, email_form(email));
  std::array<char, 254> lower; // the longest address (RFC 5321 §4.5.3.1); the caller has validated it
  if (email.size() > lower.size()) throw std::length_error("e-mail");
  std::ranges::transform(email, lower.begin(), [](char c) { return ascii_lower(c); });
  return blind_index("email", provider_id, {lower.data(), email.size()});
}

/// The index that older servers gave it; empty if it is the same.
std::string invites::older_email_index(std::string_view provider_id, std::string_view email) {
  return is_ascii(email) ? std::string() : blind_index("email", provider_id, older_email_form(email));
}

/// The index of an external id in a ledger, for searching. Empty for none.
std::string invites::external_index(std::string_view provider_id, std::string_view external_id) {
  return external_id.empty() ? std::string() : blind_index("external id", provider_id, external_id);
}

std::string invites::blind_index(std::string_view label, std::string_view provider_id,
                                 std::string_view text) {
  const bytes32 digest = seals_.blind(label, {provider_id, text});
  return std::string(as_text(digest).substr(0, ledger_blind_size));
}

handle invites::redeem_key_hash(const handle& h, std::string_view redeem_key) {
  return first_half(seals_.blind("redeem key", {as_text(h), redeem_key}));
}

task<result<redeem_outcome>> invites::redeem(invite_ref ref, std::string_view redeem_key,
                                             const challenge* answer, const audit_actor& actor,
                                             const challenge* older) {
  const handle_key key = seals_.key_for(ref.h);
  const handle key_hash = redeem_key.empty() ? handle{} : redeem_key_hash(ref.h, redeem_key);
  redeem_call call(ref, lives_.session, {key.under, redeem_key.empty() ? nullptr : &key_hash}, random_);
  call.held = seals_.held_ids(); // a copy, because the keys may change while we wait
  call.actor = seal_actor(seals_, key, "", actor);
  if (answer != nullptr) call.answer = answer_hash(seals_, ref.h, *answer);
  if (older != nullptr) call.older = answer_hash(seals_, ref.h, *older);

  const result<redis::node> reply = co_await redeems_.send(call);
  if (!reply) co_return reply.error();
  result<redeem_outcome> outcome = call.read(*reply, key, seals_);
  if (outcome) note(*outcome);
  co_return outcome;
}

void invites::note(const redeem_outcome& outcome) {
  using kind = redeem_outcome::kind;
  if (outcome.what == kind::redeemed) tally_.note(invite_event::redeemed);
  if (outcome.what == kind::lost) tally_.note(invite_event::lost);
  if (outcome.what == kind::wrong_answer)
    tally_.note(outcome.attempts_left == 0 ? invite_event::locked : invite_event::wrong_answer);
}

task<result<std::optional<invite_view>>> invites::view(invite_ref ref, std::string_view redeem_key, bool mark,
                                                       const audit_actor& actor) {
  const handle_key key = seals_.key_for(ref.h);
  std::optional<handle> key_hash;
  if (!redeem_key.empty()) key_hash = redeem_key_hash(ref.h, redeem_key);
  view_call call(ref, key_hash, mark ? seal_actor(seals_, key, "", actor) : std::string());
  const result<redis::node> reply = co_await views_.send(call);
  if (!reply) co_return reply.error();
  result<std::optional<invite_view>> seen = call.read(*reply, key, seals_);
  if (mark && seen && *seen) tally_.note(invite_event::viewed);
  co_return seen;
}

task<result<std::optional<open_session>>>
invites::find_session(invite_ref ref, std::array<std::uint8_t, 16> jti, const audit_actor& actor) {
  const handle_key key = seals_.key_for(ref.h);
  session_call call(ref, jti, seal_actor(seals_, key, "", actor));
  const result<redis::node> reply = co_await sessions_.send(call);
  if (!reply) co_return reply.error();
  co_return call.read(*reply, key, seals_);
}

} // namespace invited::store
