// Making an invite, alone or as the replacement of another.
#include "store/base/packed_time.hpp"
#include "store/invites/create_call.hpp"
#include "store/scripts.hpp"

#include <cstring>

namespace invited::store {
namespace {

std::chrono::milliseconds ms_of(const redis::node& n) {
  return std::chrono::milliseconds(n.integer());
}

/// The keys and arguments of create-8.lua.
class create_command final : public redis::script_arguments {
public:
  /// Views its arguments.
  create_command(const create_call& call, const lifetimes& lives, std::int64_t today)
      : call_(call), lives_(lives), today_(today) {}

  void write_to(redis::script_writer& to) const override {
    create_arguments sent(call_, lives_, today_);
    if (call_.idempotency_key) {
      sent.add_key(*call_.idempotency_key);
      sent.add(as_text(call_.fingerprint));
      sent.add(call_.key_record);
    }
    to.write(sent.keys(), sent.args());
  }

private:
  const create_call& call_;
  const lifetimes& lives_;
  std::int64_t today_;
};

} // namespace

invites::invites(redis::connection& redis, const reading_lane& lane, sealer& seals, entropy& random,
                 lifetimes lives, std::int64_t today)
    : redis_(redis),
      lane_(lane),
      seals_(seals),
      random_(random),
      lives_(lives),
      today_(today),
      creating_(redis.end_of_turn()),
      redeeming_(redis.end_of_turn()) {}

task<result<create_outcome>> invites::create(const new_invite& wanted) {
  co_await creating_.seal;
  const std::string index = email_index(wanted.provider_id, wanted.email);
  const create_call call(wanted, group_of(wanted.provider_id), index, seals_, random_);
  co_await creating_.ask;
  for (int tries = 0; tries < day_tries; ++tries) {
    const create_command command(call, lives_, today_);
    const result<redis::reply> reply = co_await redis_.run(scripts::create, command);
    co_await creating_.read;
    if (!reply) co_return reply.error();
    if (reply->at(0).text() != "day") co_return read_created(call, *reply);
    today_ = reply->at(1).integer();
  }
  co_return errc::unexpected;
}

task<result<renew_outcome>> invites::renew(const invite_details& old, const renewal& wanted) {
  const patient nobody{}; // for an erased one the script repeats an earlier answer, or refuses
  const patient& person = old.record ? old.record->person : nobody;
  new_invite next{.provider_id = old.provider_id,
                  .actor = wanted.actor,
                  .email = person.email,
                  .first_name = person.first_name,
                  .last_name = person.last_name,
                  .phone = person.phone,
                  .locale = wanted.locale.empty() ? std::string_view(person.locale) : wanted.locale,
                  .challenge = old.record && old.record->challenge ? &*old.record->challenge : nullptr,
                  .ttl = wanted.ttl.value_or(std::chrono::milliseconds(old.expires_at - old.created_at)),
                  .limit = wanted.limit,
                  .idempotency_key = wanted.idempotency_key};
  const std::string index = email_index(next.provider_id, next.email);
  const create_call::replacement replaces{old.ref.h, wanted};
  const create_call call(next, old.ref.tag, index, seals_, random_, &replaces);
  const std::string sealed = seal_actor(seals_, old.ref.h, old.provider_id, wanted.actor);
  const key_name inv = invite_key("inv", old.ref.tag, old.ref.h),
                 log = invite_key("log", old.ref.tag, old.ref.h), aud = group_key("aud", old.ref.tag);
  for (int tries = 0; tries < day_tries; ++tries) {
    create_arguments sent(call, lives_, today_);
    for (const std::string_view key : {std::string_view(inv), std::string_view(log), std::string_view(aud)})
      sent.add_key(key);
    sent.add(as_text(old.ref.h));
    sent.add(sealed);
    if (call.idempotency_key) {
      sent.add_key(*call.idempotency_key);
      sent.add(as_text(call.fingerprint));
      sent.add(call.key_record);
    }
    const result<redis::reply> reply = co_await redis_.run(scripts::renew, sent.keys(), sent.args());
    if (!reply) co_return reply.error();
    if (reply->at(0).text() != "day") co_return read_renewed(old.ref, call, *reply);
    today_ = reply->at(1).integer();
  }
  co_return errc::unexpected;
}

result<renew_outcome> invites::read_renewed(const invite_ref& old, const create_call& call,
                                            const redis::reply& reply) {
  using kind = renew_outcome::kind;
  const std::string_view what = reply.at(0).text();
  if (what == "unknown") return renew_outcome{kind::unknown, {}, {}};
  if (what == "refused") {
    const std::optional<ledger> l = read_ledger(reply.at(2).text());
    if (!l) return errc::unexpected;
    result<invite_details> found = details_of(old, reply.at(1).text(), *l);
    if (!found) return found.error();
    return renew_outcome{kind::refused, {}, std::move(*found)};
  }
  const result<create_outcome> made = read_created(call, reply);
  if (!made) return made.error();
  if (made->what == create_outcome::kind::created && !made->invite.replayed)
    tally_.note(invite_event::renewed);
  return renew_outcome{kind::attempted, *made, {}};
}

result<create_outcome> invites::read_created(const create_call& call, const redis::reply& reply) {
  using kind = create_outcome::kind;
  const std::uint32_t burst = call.wanted.limit.burst;
  if (const std::string_view made = reply.text(); made.size() == 3 * packed_time_size) {
    tally_.note(invite_event::created);
    const std::chrono::milliseconds full_in(packed_time(made, 2 * packed_time_size));
    return create_outcome{.what = kind::created,
                          .invite = {call.id, {call.tag, call.h}, packed_time(made, 0), false},
                          .tokens = {burst, packed_time(made, packed_time_size), full_in}};
  }
  const std::string_view what = reply.at(0).text();
  if (what == "limited") {
    ++tally_.limited;
    const std::chrono::milliseconds wait = ms_of(reply.at(1));
    return create_outcome{.what = kind::limited, .retry_after = wait, .tokens = {burst, 0, wait}};
  }
  const bucket tokens{burst, reply.at(2).integer(), ms_of(reply.at(3))};
  if (what == "reused") return create_outcome{.what = kind::key_reused, .tokens = tokens};
  const std::int64_t expires_at = reply.at(1).integer();
  const std::string_view key_record = reply.at(4).text();
  if (what != "replayed" || key_record.size() < sizeof(handle) + sizeof(key_id)) return errc::unexpected;

  handle h;
  key_id under;
  std::memcpy(h.data(), key_record.data(), h.size());
  std::memcpy(under.data(), key_record.data() + h.size(), under.size());
  const result<std::string> id = seals_.open(seal_kind::idempotency, under, h, call.wanted.provider_id,
                                             key_record.substr(h.size() + under.size()));
  if (!id) return id.error();
  created_invite made{{}, {call.tag, h}, expires_at, true};
  if (id->size() != sizeof made.id.data) return errc::corrupt;
  std::memcpy(made.id.data, id->data(), id->size());
  return create_outcome{.what = kind::created, .invite = made, .tokens = tokens};
}

} // namespace invited::store
