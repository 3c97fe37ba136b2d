#include "store/invites/create_call.hpp"

namespace invited::store {

create_call::create_call(const new_invite& w, group g, std::string_view email_index, sealer& seals,
                         entropy& random, const replacement* replaces)
    : wanted(w), tag(g), id(new_invite_id(g, random)), h(handle_of(id)) {
  const handle_key key = seals.key_for(h);
  seal_record(seals, key, email_index);
  creator = seal_actor(seals, key, w.provider_id, w.actor);
  if (w.idempotency_key) prepare_key_record(seals, key, replaces);
}

void create_call::seal_record(sealer& seals, const handle_key& key, std::string_view email_index) {
  const new_invite& w = wanted;
  const handle answer = w.challenge == nullptr ? handle{} : answer_hash(seals, h, *w.challenge);
  const record_fields record{w.email,  w.first_name,    w.last_name, w.phone,
                             w.locale, w.actor.subject, w.challenge};
  ledger = begin_ledger(key.under, email_index, w.provider_id,
                        w.challenge == nullptr ? std::string_view() : as_text(answer),
                        sealer::sealed_size(record_size(record)));
  const std::size_t begin = sealer::begin_seal(ledger.tail);
  append_record(ledger.tail, id, record);
  seals.end_seal(seal_kind::record, key, w.provider_id, ledger.tail, begin);
}

void create_call::prepare_key_record(sealer& seals, const handle_key& key, const replacement* replaces) {
  const idempotency& o = *wanted.idempotency_key;
  const std::string_view provider = wanted.provider_id;
  idempotency_key = idempotency_key_name(
      tag, first_half(seals.blind("idempotency", {o.issuer, o.subject, provider, o.route, o.key})));
  fingerprint = first_half(fingerprint_of(seals, replaces));
  key_record.reserve(sizeof h + sizeof key.under + sealer::sealed_size(sizeof id.data));
  key_record = as_text(h);
  key_record += as_text(key.under);
  seals.seal(seal_kind::idempotency, key, provider, as_text(bytes_view(id.data, sizeof id.data)), key_record);
}

bytes32 create_call::fingerprint_of(sealer& seals, const replacement* replaces) const {
  if (replaces != nullptr) return fingerprint_of(seals, *replaces);
  const new_invite& w = wanted;
  const script_number ttl(w.usual_ttl ? std::int64_t{0} : std::int64_t{w.ttl.count()});
  if (w.challenge == nullptr)
    return seals.blind("fingerprint", {w.email, w.first_name, w.last_name, w.phone, w.locale, ttl});
  return seals.blind("fingerprint", {w.email, w.first_name, w.last_name, w.phone, w.locale, ttl,
                                     name_of(w.challenge->kind), w.challenge->answer});
}

bytes32 create_call::fingerprint_of(sealer& seals, const replacement& replaces) {
  const std::string_view old = as_text(replaces.old);
  const renewal& wish = replaces.wish;
  if (!wish.ttl && wish.locale.empty()) return seals.blind("fingerprint", {old});
  const script_number ttl(wish.ttl ? std::int64_t{wish.ttl->count()} : 0);
  return seals.blind("fingerprint", {old, wish.locale, ttl});
}

create_arguments::create_arguments(const create_call& c, const lifetimes& lives, std::int64_t today)
    : names_{invite_key("inv", c.tag, c.h),
             invite_key("log", c.tag, c.h),
             provider_key("idx", c.tag, c.wanted.provider_id),
             group_key("due", c.tag),
             day_key(c.tag, today),
             gauge_key(c.tag),
             provider_key("lim", c.tag, c.wanted.provider_id)},
      numbers_(today, c.wanted.ttl.count(), lives.retention.count(), 1e6 / c.wanted.limit.per_second,
               c.wanted.limit.burst),
      args_{numbers_, as_text(c.h), c.wanted.provider_id, c.creator, c.ledger.head, c.ledger.tail} {
  std::copy(names_.begin(), names_.end(), keys_.begin());
}

} // namespace invited::store
