#include "store/invites/create_call.hpp"

#include "store/base/packed_time.hpp"
#include "store/base/script_number.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace invited::store {

create_call::create_call(const new_invite& wanted, const frame& of, sealer& seals, entropy& random,
                         const replacement* replaces)
    : wanted_(wanted),
      tag_(of.tag),
      retention_(of.retention),
      id_(new_invite_id(of.tag, random)),
      h_(handle_of(id_)) {
  const handle_key key = seals.key_for(h_);
  seal_record(seals, key, of);
  creator_ = seal_actor(seals, key, wanted.provider_id, wanted.actor);
  if (wanted.idempotency_key) prepare_key_record(seals, key, replaces);
}

void create_call::seal_record(sealer& seals, const handle_key& key, const frame& of) {
  const new_invite& w = wanted_;
  const handle answer = w.challenge == nullptr ? handle{} : answer_hash(seals, h_, *w.challenge);
  const record_fields record{w.email,  w.first_name,    w.last_name, w.phone,
                             w.locale, w.actor.subject, w.challenge, w.external_id};
  ledger_ = begin_ledger(key.under, of.email_index, w.provider_id,
                         w.challenge == nullptr ? std::string_view() : as_text(answer), of.external_index,
                         sealer::sealed_size(record_size(record)));
  const std::size_t begin = sealer::begin_seal(ledger_.tail);
  append_record(ledger_.tail, id_, record);
  seals.end_seal(seal_kind::record, key, w.provider_id, ledger_.tail, begin);
}

void create_call::prepare_key_record(sealer& seals, const handle_key& key, const replacement* replaces) {
  const idempotency& o = *wanted_.idempotency_key;
  const std::string_view provider = wanted_.provider_id;
  idempotency_key_ = idempotency_key_name(
      tag_, first_half(seals.blind("idempotency", {o.issuer, o.subject, provider, o.route, o.key})));
  const handle fingerprint = first_half(fingerprint_of(seals, replaces));
  key_record_.reserve(2 * sizeof h_ + sizeof key.under + sealer::sealed_size(id_size));
  key_record_ = as_text(fingerprint);
  key_record_ += as_text(h_);
  key_record_ += as_text(key.under);
  seals.seal(seal_kind::idempotency, key, provider, as_text(bytes_of(id_)), key_record_);
}

/// Only an external id that was given is part of it, so that a key from before there were any stays good.
bytes32 create_call::fingerprint_of(sealer& seals, const replacement* replaces) const {
  const std::string_view given = replaces == nullptr ? wanted_.external_id : replaces->wish.external_id;
  const bytes32 rest = replaces == nullptr ? own_fingerprint(seals) : fingerprint_of(seals, *replaces);
  return given.empty() ? rest : seals.blind("fingerprint with external id", {as_text(rest), given});
}

bytes32 create_call::own_fingerprint(sealer& seals) const {
  const new_invite& w = wanted_;
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

const script& create_call::text() noexcept {
  return scripts::create;
}

bool create_call::goes_with(const create_call& other) const noexcept {
  return wanted_.provider_id == other.wanted_.provider_id && wanted_.limit == other.wanted_.limit;
}

bool create_call::meets(const create_call& other) const noexcept {
  return idempotency_key_ && other.idempotency_key_ &&
         std::string_view(*idempotency_key_) == std::string_view(*other.idempotency_key_);
}

void create_call::add_provider_keys(redis::script_writer& to, std::int64_t today) const {
  to.add(provider_key("idx", tag_, wanted_.provider_id));
  to.add(group_key("due", tag_));
  to.add(day_key(tag_, today));
  to.add(gauge_key(tag_));
  to.add(provider_key("lim", tag_, wanted_.provider_id));
}

void create_call::add_common_arguments(redis::script_writer& to, std::int64_t today) const {
  to.add(script_numbers<4>(today, retention_.count(), 1e6 / wanted_.limit.per_second, wanted_.limit.burst));
  to.add(wanted_.provider_id);
}

void create_call::add_own_arguments(redis::script_writer& to) const {
  std::array<char, sizeof(handle) + packed_time_size> h_and_ttl;
  std::copy(h_.begin(), h_.end(), h_and_ttl.begin());
  pack_time(wanted_.ttl.count(), h_and_ttl.data() + sizeof(handle));
  to.add({h_and_ttl.data(), h_and_ttl.size()});
  to.add(creator_);
  to.add(ledger_.head);
  to.add(ledger_.tail);
  to.add(key_record_);
}

void create_call::write(redis::script_writer& to, std::span<const create_call* const> calls,
                        std::int64_t today) {
  constexpr std::size_t common_keys = 5, own_keys = 2, common_arguments = 2, own_arguments = 5;
  const create_call& first = *calls.front();
  const auto keyed = static_cast<std::size_t>(std::ranges::count_if(
      calls, [](const create_call* call) { return call->idempotency_key_.has_value(); }));
  to.begin(common_keys + own_keys * calls.size() + keyed, common_arguments + own_arguments * calls.size());
  first.add_provider_keys(to, today);
  for (const create_call* call : calls) to.add(invite_key("log", call->tag_, call->h_));
  for (const create_call* call : calls) to.add(invite_key("inv", call->tag_, call->h_));
  for (const create_call* call : calls) {
    if (call->idempotency_key_) to.add(*call->idempotency_key_);
  }
  first.add_common_arguments(to, today);
  for (const create_call* call : calls) call->add_own_arguments(to);
}

void create_call::add_keys(redis::script_writer& to, std::int64_t today) const {
  add_provider_keys(to, today);
  to.add(invite_key("log", tag_, h_));
  to.add(invite_key("inv", tag_, h_));
}

void create_call::add_arguments(redis::script_writer& to, std::int64_t today) const {
  add_common_arguments(to, today);
  add_own_arguments(to);
}

result<create_outcome> create_call::read(const redis::node& reply, sealer& seals) const {
  using kind = create_outcome::kind;
  const std::uint32_t burst = wanted_.limit.burst;
  if (const std::string_view made = reply.text(); made.size() == 3 * packed_time_size) {
    const std::chrono::milliseconds full_in(packed_time(made, 2 * packed_time_size));
    return create_outcome{.what = kind::created,
                          .invite = {id_, ref(), packed_time(made, 0), false},
                          .tokens = {burst, packed_time(made, packed_time_size), full_in}};
  }
  redis::reply_reader read(reply);
  const std::string_view what = read.word();
  const std::int64_t first = read.number();
  if (read.failed()) return errc::unexpected;
  if (what == "limited") {
    const std::chrono::milliseconds wait(first);
    return create_outcome{.what = kind::limited, .retry_after = wait, .tokens = {burst, 0, wait}};
  }
  const std::int64_t left = read.number(), full_in = read.number();
  const bucket tokens{burst, left, std::chrono::milliseconds(full_in)};
  if (read.failed()) return errc::unexpected;
  if (what == "reused") return create_outcome{.what = kind::key_reused, .tokens = tokens};
  if (what == "replayed") return read_replayed(first, read.text(), tokens, seals);
  return errc::unexpected;
}

/// `kept` is what the first call kept with its key (key_record_ after the fingerprint).
result<create_outcome> create_call::read_replayed(std::int64_t expires_at, std::string_view kept,
                                                  const bucket& tokens, sealer& seals) const {
  if (kept.size() < sizeof(handle) + sizeof(key_id)) return errc::unexpected;
  handle h;
  key_id under;
  std::memcpy(h.data(), kept.data(), h.size());
  std::memcpy(under.data(), kept.data() + h.size(), under.size());
  const result<std::string> id =
      seals.open(seal_kind::idempotency, under, h, wanted_.provider_id, kept.substr(h.size() + under.size()));
  if (!id) return id.error();
  created_invite made{{}, {tag_, h}, expires_at, true};
  if (id->size() != id_size) return errc::corrupt;
  std::memcpy(bytes_of(made.id).data(), id->data(), id_size);
  return create_outcome{.what = create_outcome::kind::created, .invite = made, .tokens = tokens};
}

} // namespace invited::store
