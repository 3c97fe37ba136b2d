// Making an invite, alone or as the replacement of another.
#include "store/invites/create_call.hpp"
#include "store/invites/invites.hpp"
#include "store/redis/day_call.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

namespace invited::store {
namespace {

/// The keys and arguments of renew-11.lua: those of create-8+.lua for one invite, and the old one's.
class renew_call final : public redis::day_call {
public:
  renew_call(const create_call& next, const invite_ref& old, std::string_view sealed_actor)
      : next_(next), old_(old), actor_(sealed_actor) {}

  void write_to(redis::script_writer& to, std::int64_t today) const override {
    const bool keyed = next_.idempotency_key().has_value();
    to.begin(create_call::key_count + 3 + (keyed ? 1 : 0), create_call::argument_count + 2);
    next_.add_keys(to, today);
    to.add(invite_key("inv", old_.tag, old_.h));
    to.add(invite_key("log", old_.tag, old_.h));
    to.add(group_key("aud", old_.tag));
    if (keyed) to.add(*next_.idempotency_key());
    next_.add_arguments(to, today);
    to.add(as_text(old_.h));
    to.add(actor_);
  }

private:
  const create_call& next_;
  const invite_ref& old_;
  std::string_view actor_;
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
      creates_(redis, today_),
      redeems_(redis, today_),
      views_(redis, today_),
      sessions_(redis, today_) {}

task<result<create_outcome>> invites::create(const new_invite& wanted) {
  const std::string email = email_index(wanted.provider_id, wanted.email),
                    external = external_index(wanted.provider_id, wanted.external_id);
  const create_call::frame of{group_of(wanted.provider_id), email, external, lives_.retention};
  create_call call(wanted, of, seals_, random_);
  const result<redis::node> reply = co_await creates_.send(call);
  if (!reply) co_return reply.error();
  result<create_outcome> outcome = call.read(*reply, seals_);
  if (outcome) note(*outcome);
  co_return outcome;
}

void invites::note(const create_outcome& outcome) {
  using kind = create_outcome::kind;
  if (outcome.what == kind::created && !outcome.invite.replayed) tally_.note(invite_event::created);
  if (outcome.what == kind::limited) ++tally_.limited;
}

task<result<renew_outcome>> invites::renew(const invite_details& old, const renewal& wanted) {
  const patient_record nobody{}; // for an erased one the script repeats an earlier answer, or refuses
  const patient_record& record = old.record ? *old.record : nobody;
  const patient& person = record.person;
  new_invite next{.provider_id = old.provider_id,
                  .actor = wanted.actor,
                  .email = person.email,
                  .first_name = person.first_name,
                  .last_name = person.last_name,
                  .phone = person.phone,
                  .locale = wanted.locale.empty() ? std::string_view(person.locale) : wanted.locale,
                  .challenge = record.challenge ? &*record.challenge : nullptr,
                  .ttl = wanted.ttl.value_or(std::chrono::milliseconds(old.expires_at - old.created_at)),
                  .limit = wanted.limit,
                  .idempotency_key = wanted.idempotency_key,
                  .external_id = wanted.external_id.empty() ? record.external_id : wanted.external_id};
  const std::string email = email_index(next.provider_id, next.email),
                    external = external_index(next.provider_id, next.external_id);
  const create_call::replacement replaces{old.ref.h, wanted};
  const create_call call(next, {old.ref.tag, email, external, lives_.retention}, seals_, random_, &replaces);
  const std::string sealed = seal_actor(seals_, old.ref.h, old.provider_id, wanted.actor);
  const renew_call sent(call, old.ref, sealed);
  const result<redis::reply> reply = co_await redis::run_on_day(redis_, scripts::renew, sent, today_);
  if (!reply) co_return reply.error();
  co_return read_renewed(old.ref, call, *reply);
}

result<renew_outcome> invites::read_renewed(const invite_ref& old, const create_call& call,
                                            const redis::reply& reply) {
  using kind = renew_outcome::kind;
  redis::reply_reader read(reply); // failed, and without a word, where an invite was made
  const std::string_view what = read.word();
  if (what == "unknown") return renew_outcome{kind::unknown, {}, {}};
  if (what == "refused") {
    const std::string_view state = read.word();
    const std::optional<ledger> l = read_ledger(read.text());
    if (!l) return errc::unexpected;
    result<invite_details> found = details_of(old, state, *l);
    if (!found) return found.error();
    return renew_outcome{kind::refused, {}, std::move(*found)};
  }
  const result<create_outcome> made = call.read(reply.root(), seals_);
  if (!made) return made.error();
  note(*made);
  if (made->what == create_outcome::kind::created && !made->invite.replayed)
    tally_.note(invite_event::renewed);
  return renew_outcome{kind::attempted, *made, {}};
}

} // namespace invited::store
