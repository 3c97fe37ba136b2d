#include "store/invites/invites.hpp"

#include "store/base/ascii.hpp"
#include "store/base/packed_time.hpp"
#include "store/invites/email_form.hpp"
#include "store/invites/redeem_call.hpp"
#include "store/keys/keys.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <stdexcept>

namespace invited::store {
namespace {

constexpr std::size_t session_fixed = redeem_call::session_times + 16 + sizeof(key_id);

/// Layout: scripts/redeem-7.lua.
std::optional<session> read_session(std::string_view value) {
  if (value.size() < session_fixed) return {};
  session s{packed_time(value, 0), packed_time(value, 6), {}, {}};
  std::memcpy(s.jti.data(), value.data() + 12, s.jti.size());
  std::memcpy(s.signed_under.data(), value.data() + 28, s.signed_under.size());
  return s;
}

std::optional<redeem_outcome::kind> refusal(std::string_view word) {
  using kind = redeem_outcome::kind;
  constexpr std::pair<std::string_view, kind> words[] = {{"already_redeemed", kind::already_redeemed},
                                                         {"revoked", kind::revoked},
                                                         {"replaced", kind::replaced},
                                                         {"expired", kind::expired},
                                                         {"lost", kind::lost},
                                                         {"unknown", kind::unknown},
                                                         {"unanswered", kind::answer_required},
                                                         {"wrong", kind::wrong_answer},
                                                         {"locked", kind::locked}};
  for (const auto& [text, what] : words) {
    if (text == word) return what;
  }
  return {};
}

/// Reads an opened record. No copy of the plain text stays in freed memory.
result<patient_record> read_record(result<std::string>&& plain) {
  if (!plain) return plain.error();
  std::optional<patient_record> record = decode_patient_record(*plain);
  wipe({reinterpret_cast<std::uint8_t*>(plain->data()), plain->size()});
  if (!record) return errc::corrupt;
  return std::move(*record);
}

} // namespace

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
/// between providers.
std::string invites::email_index(std::string_view provider_id, std::string_view email) {
  if (!is_ascii(email)) return index_of_form(provider_id, email_form(email));
  std::array<char, 254> lower; // the longest address (RFC 5321 §4.5.3.1); the caller has validated it
  if (email.size() > lower.size()) throw std::length_error("e-mail");
  std::ranges::transform(email, lower.begin(), [](char c) { return ascii_lower(c); });
  return index_of_form(provider_id, {lower.data(), email.size()});
}

/// The index that older servers gave it; empty if it is the same.
std::string invites::older_email_index(std::string_view provider_id, std::string_view email) {
  return is_ascii(email) ? std::string() : index_of_form(provider_id, older_email_form(email));
}

std::string invites::index_of_form(std::string_view provider_id, std::string_view form) {
  const bytes32 digest = seals_.blind("email", {provider_id, form});
  return std::string(as_text(digest).substr(0, ledger_blind_size));
}

handle invites::redeem_key_hash(const handle& h, std::string_view redeem_key) {
  return first_half(seals_.blind("redeem key", {as_text(h), redeem_key}));
}

result<patient_record> invites::open_record(const handle& h, const ledger& l) {
  return read_record(seals_.open(seal_kind::record, l.sealed_under, h, l.provider_id, l.sealed));
}

result<patient_record> invites::open_record(const handle_key& key, const ledger& l) {
  return read_record(seals_.open(seal_kind::record, l.sealed_under, key, l.provider_id, l.sealed));
}

result<invite_view> invites::view_of(const handle_key& key, invite_state state, bool own_session,
                                     const ledger& l) {
  invite_view seen{state, own_session, std::string(l.provider_id), l.expires_at, l.locked_at != 0};
  if (l.is_erased()) return seen;
  result<patient_record> record = open_record(key, l);
  if (!record) return record.error();
  seen.locale = std::move(record->person.locale);
  if (record->challenge) seen.asks_for = record->challenge->kind;
  return seen;
}

result<redeem_outcome> invites::read_refusal(const handle_key& key, redeem_outcome::kind what,
                                             const redis::reply& reply) {
  redeem_outcome refused{.what = what};
  if (what == redeem_outcome::kind::lost) tally_.note(invite_event::lost);
  if (reply.size() == 1) return refused;
  const std::optional<ledger> l = read_ledger(reply.at(2).text());
  if (!l) return errc::unexpected;
  result<invite_view> seen = view_of(key, l->state, false, *l);
  if (!seen) return seen.error();
  refused.seen = std::move(*seen);
  refused.attempts_left = static_cast<unsigned>(reply.at(1).integer());
  if (what == redeem_outcome::kind::wrong_answer) {
    tally_.note(refused.attempts_left == 0 ? invite_event::locked : invite_event::wrong_answer);
  }
  return refused;
}

task<result<redeem_outcome>> invites::redeem(invite_ref ref, std::string_view redeem_key,
                                             const challenge* answer, const audit_actor& actor,
                                             const challenge* older) {
  co_await redeeming_.seal;
  const handle_key key = seals_.key_for(ref.h);
  const handle key_hash = redeem_key.empty() ? handle{} : redeem_key_hash(ref.h, redeem_key);
  redeem_call call(ref, lives_.session, {key.under, redeem_key.empty() ? nullptr : &key_hash}, random_);
  call.held = seals_.held_ids(); // a copy, because the keys may change while we wait
  call.actor = seal_actor(seals_, key, "", actor);
  if (answer != nullptr) call.answer = answer_hash(seals_, ref.h, *answer);
  if (older != nullptr) call.older = answer_hash(seals_, ref.h, *older);

  co_await redeeming_.ask;
  for (int tries = 0; tries < day_tries; ++tries) {
    call.today = today_;
    const result<redis::reply> reply = co_await redis_.run(scripts::redeem, call);
    co_await redeeming_.read;
    if (!reply) co_return reply.error();
    if (reply->kind() == redis::kind::bulk) {
      co_return read_redeemed(key, reply->text(), call.session_size());
    }
    const std::string_view what = reply->at(0).text();
    if (what == "key") co_return errc::key_unavailable;
    if (const auto refused = refusal(what)) co_return read_refusal(key, *refused, *reply);
    if (what != "day") break;
    today_ = reply->at(1).integer();
  }
  co_return errc::unexpected;
}

/// `won` is the session, of `session_size`, and the ledger.
result<redeem_outcome> invites::read_redeemed(const handle_key& key, std::string_view won,
                                              std::size_t session_size) {
  const std::optional<session> opened = read_session(won);
  const std::optional<ledger> l = read_ledger(won.substr(std::min(session_size, won.size())));
  if (!opened || !l) return errc::unexpected;
  result<patient_record> record = open_record(key, *l);
  if (!record) return record.error();
  tally_.note(invite_event::redeemed);
  return redeem_outcome{redeem_outcome::kind::redeemed, *opened, std::move(*record),
                        std::string(l->provider_id)};
}

/// Runs a script that counts on a day, again until Redis agrees which day it is. The empty one of `keys` is
/// for the day's key, and the first argument for the day. Both are filled in here, for the time of the call.
task<result<redis::reply>> invites::run_today(const script& s, group g, std::span<std::string_view> keys,
                                              std::span<std::string_view> args) {
  const auto is_empty = [](std::string_view key) { return key.empty(); };
  std::string_view& day_slot = *std::ranges::find_if(keys, is_empty);
  for (int tries = 0; tries < day_tries; ++tries) {
    const key_name sum = day_key(g, today_);
    const std::string day = std::to_string(today_);
    day_slot = sum;
    args[0] = day;
    result<redis::reply> reply = co_await redis_.run(s, keys, args);
    if (!reply || reply->at(0).text() != "day") co_return reply;
    today_ = reply->at(1).integer();
  }
  co_return errc::unexpected;
}

task<result<std::optional<invite_view>>> invites::view(invite_ref ref, std::string_view redeem_key, bool mark,
                                                       const audit_actor& actor) {
  const key_name log = invite_key("log", ref.tag, ref.h), ses = invite_key("ses", ref.tag, ref.h);
  const handle key_hash = redeem_key.empty() ? handle{} : redeem_key_hash(ref.h, redeem_key);
  const key_name aud = group_key("aud", ref.tag);
  const handle_key key = seals_.key_for(ref.h);
  const std::string sealed = mark ? seal_actor(seals_, key, "", actor) : std::string();
  std::array<std::string_view, 4> keys = {log, ses, "", aud};
  std::array<std::string_view, 5> args = {"", redeem_key.empty() ? std::string_view() : as_text(key_hash),
                                          mark ? "1" : "", as_text(ref.h), sealed};
  const result<redis::reply> reply = co_await run_today(scripts::view, ref.tag, keys, args);
  if (!reply) co_return reply.error();
  const std::string_view what = reply->at(0).text();
  if (what == "unknown") co_return std::optional<invite_view>();
  const std::optional<ledger> l = read_ledger(reply->at(2).text());
  if (what.size() != 1 || !l) co_return errc::unexpected;
  result<invite_view> seen =
      view_of(key, static_cast<invite_state>(what[0]), reply->at(1).integer() == 1, *l);
  if (!seen) co_return seen.error();
  if (mark) tally_.note(invite_event::viewed);
  co_return std::move(*seen);
}

task<result<std::optional<open_session>>>
invites::find_session(invite_ref ref, std::array<std::uint8_t, 16> jti, const audit_actor& actor) {
  const key_name log = invite_key("log", ref.tag, ref.h), ses = invite_key("ses", ref.tag, ref.h);
  const key_name aud = group_key("aud", ref.tag);
  const handle_key key = seals_.key_for(ref.h);
  const std::string sealed = seal_actor(seals_, key, "", actor);
  const std::array<std::string_view, 3> keys = {ses, log, aud};
  const std::array<std::string_view, 3> args = {as_text(jti), as_text(ref.h), sealed};
  const result<redis::reply> reply = co_await redis_.run(scripts::session, keys, args);
  if (!reply) co_return reply.error();
  if (reply->at(0).text() == "unknown") co_return std::optional<open_session>();
  const std::optional<session> opened = read_session(reply->at(1).text());
  const std::optional<ledger> l = read_ledger(reply->at(2).text());
  if (!opened || !l) co_return errc::unexpected;
  result<patient_record> record = open_record(key, *l);
  if (!record) co_return record.error();
  co_return open_session{*opened, std::move(*record), std::string(l->provider_id)};
}

} // namespace invited::store
