// The acts by which staff manage an invite.
#include "store/base/script_number.hpp"
#include "store/invites/invites.hpp"
#include "store/invites/reading.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/day_call.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>

namespace invited::store {
namespace {

std::string_view name_of(ending act) {
  switch (act) {
  case ending::revoke: return "revoke";
  case ending::end_session: return "end_session";
  case ending::erase: return "erase";
  }
  return {};
}

std::string_view letter_of(read_purpose::kind what) {
  switch (what) {
  case read_purpose::kind::read: return "g";
  case read_purpose::kind::link: return "l";
  case read_purpose::kind::act: break;
  }
  return {};
}

/// The keys and arguments of end-7.lua.
class end_call final : public redis::day_call {
public:
  /// Views its arguments, except the actor.
  end_call(const invite_ref& ref, const provider_scope& scope, ending act, std::string sealed_actor)
      : ref_(ref), scope_(scope), act_(act), sealed_actor_(std::move(sealed_actor)) {}

  void write_to(redis::script_writer& to, std::int64_t today) const override {
    to.begin(7, 5);
    for (const std::string_view kind : {"inv", "log", "ses"}) to.add(invite_key(kind, ref_.tag, ref_.h));
    to.add(group_key("due", ref_.tag));
    to.add(day_key(ref_.tag, today));
    to.add(gauge_key(ref_.tag));
    to.add(group_key("aud", ref_.tag));
    to.add(script_number(today));
    to.add(as_text(ref_.h));
    to.add(name_of(act_));
    to.add(scope_.text());
    to.add(sealed_actor_);
  }

private:
  const invite_ref& ref_;
  const provider_scope& scope_;
  ending act_;
  std::string sealed_actor_;
};

invite_event event_of(ending act) {
  switch (act) {
  case ending::end_session: return invite_event::session_ended;
  case ending::erase: return invite_event::erased;
  default: return invite_event::revoked;
  }
}

} // namespace

provider_scope provider_scope::only(std::span<const std::string> providers) {
  provider_scope scope;
  scope.text_ = "|"; // also if there is none, because an empty text would mean all
  for (const std::string& provider : providers) (scope.text_ += provider) += '|';
  return scope;
}

result<invite_details> invites::details_of(const invite_ref& ref, std::string_view state, const ledger& l) {
  if (state.size() != 1 || name_of(static_cast<invite_state>(state[0])).empty()) return errc::unexpected;
  invite_details found{ref,
                       static_cast<invite_state>(state[0]),
                       std::string(l.provider_id),
                       l.created_at,
                       l.expires_at,
                       l.viewed_at,
                       l.ended_at,
                       l.asked_at,
                       l.locked_at,
                       {},
                       {}};
  if (l.successor != handle{}) found.successor = l.successor;
  if (l.is_erased()) return found;
  result<patient_record> record = open_record(seals_, ref.h, l);
  if (!record) return record.error();
  found.record = std::move(*record);
  return found;
}

task<result<std::optional<invite_details>>> invites::find(invite_ref ref, const provider_scope& scope,
                                                          const read_purpose& why) {
  const key_name log = invite_key("log", ref.tag, ref.h), aud = group_key("aud", ref.tag);
  const std::string sealed =
      why.what == read_purpose::kind::act ? std::string() : sealed_actor(ref, why.actor);
  const std::array<std::string_view, 2> keys = {log, aud};
  const std::array<std::string_view, 4> args = {scope.text(), letter_of(why.what), as_text(ref.h), sealed};
  const result<redis::reply> reply = co_await redis_.run(scripts::read, keys, args);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  const std::string_view state = read.word();
  if (state == "unknown") co_return std::optional<invite_details>();
  const std::optional<ledger> l = read_ledger(read.text());
  if (!l) co_return errc::unexpected;
  result<invite_details> found = details_of(ref, state, *l);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

task<result<redis::reply>> invites::run_end(invite_ref ref, const provider_scope& scope, ending act,
                                            const audit_actor& actor) {
  const end_call call(ref, scope, act, sealed_actor(ref, actor));
  co_return co_await redis::run_on_day(redis_, scripts::end, call, today_);
}

task<result<revoking>> invites::revoke_pending(invite_ref ref) {
  const provider_scope all = provider_scope::all();
  const audit_actor actor{"operator", {}, {}};
  const result<redis::reply> reply = co_await run_end(ref, all, ending::revoke, actor);
  if (!reply) co_return reply.error();
  const std::string_view what = redis::reply_reader(*reply).word();
  if (what != "done" && what != "refused" && what != "unknown") co_return errc::unexpected;
  co_return what == "done" ? revoking::done : revoking::over;
}

task<result<std::optional<ending_outcome>>> invites::end(invite_ref ref, const provider_scope& scope,
                                                         ending act, const audit_actor& actor) {
  const result<redis::reply> reply = co_await run_end(ref, scope, act, actor);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  const std::string_view what = read.word();
  if (what == "unknown") co_return std::optional<ending_outcome>();
  const std::string_view state = read.word();
  const std::optional<ledger> l = read_ledger(read.text());
  if (!l || (what != "done" && what != "refused")) co_return errc::unexpected;
  result<invite_details> found = details_of(ref, state, *l);
  if (!found) co_return found.error();
  if (what == "done") tally_.note(event_of(act));
  const auto kind = what == "done" ? ending_outcome::kind::done : ending_outcome::kind::refused;
  co_return ending_outcome{kind, std::move(*found)};
}

} // namespace invited::store
