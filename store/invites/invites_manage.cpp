// The acts by which staff manage an invite.
#include "store/invites/invites.hpp"
#include "store/keys/keys.hpp"
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
  if (state.size() != 1) return errc::unexpected;
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
  result<patient_record> record = open_record(ref.h, l);
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
  const std::string_view what = reply->at(0).text();
  if (what == "unknown") co_return std::optional<invite_details>();
  const std::optional<ledger> l = read_ledger(reply->at(1).text());
  if (!l) co_return errc::unexpected;
  result<invite_details> found = details_of(ref, what, *l);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

task<result<std::optional<invite_details>>> invites::clear_asked(invite_ref ref, const provider_scope& scope,
                                                                 const audit_actor& actor) {
  const key_name log = invite_key("log", ref.tag, ref.h), asked = group_key("ask", ref.tag),
                 aud = group_key("aud", ref.tag);
  const std::string sealed = sealed_actor(ref, actor);
  const std::array<std::string_view, 3> keys = {log, asked, aud};
  const std::array<std::string_view, 3> args = {as_text(ref.h), scope.text(), sealed};
  const result<redis::reply> reply = co_await redis_.run(scripts::clear_asked, keys, args);
  if (!reply) co_return reply.error();
  const std::string_view what = reply->at(0).text();
  if (what == "unknown") co_return std::optional<invite_details>();
  const std::optional<ledger> l = read_ledger(reply->at(2).text());
  if (!l || what != "done") co_return errc::unexpected;
  result<invite_details> found = details_of(ref, reply->at(1).text(), *l);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

task<result<redis::reply>> invites::run_end(invite_ref ref, const provider_scope& scope, ending act,
                                            const audit_actor& actor) {
  const key_name inv = invite_key("inv", ref.tag, ref.h), log = invite_key("log", ref.tag, ref.h),
                 ses = invite_key("ses", ref.tag, ref.h), due = group_key("due", ref.tag),
                 now = gauge_key(ref.tag), aud = group_key("aud", ref.tag);
  const std::string sealed = sealed_actor(ref, actor);
  std::array<std::string_view, 7> keys = {inv, log, ses, due, "", now, aud};
  std::array<std::string_view, 5> args = {"", as_text(ref.h), name_of(act), scope.text(), sealed};
  co_return co_await run_today(scripts::end, ref.tag, keys, args);
}

task<result<revoking>> invites::revoke_pending(invite_ref ref) {
  const provider_scope all = provider_scope::all();
  const audit_actor actor{"operator", {}, {}};
  const result<redis::reply> reply = co_await run_end(ref, all, ending::revoke, actor);
  if (!reply) co_return reply.error();
  const std::string_view what = reply->at(0).text();
  if (what != "done" && what != "refused" && what != "unknown") co_return errc::unexpected;
  co_return what == "done" ? revoking::done : revoking::over;
}

task<result<std::optional<ending_outcome>>> invites::end(invite_ref ref, const provider_scope& scope,
                                                         ending act, const audit_actor& actor) {
  const result<redis::reply> reply = co_await run_end(ref, scope, act, actor);
  if (!reply) co_return reply.error();
  const std::string_view what = reply->at(0).text();
  if (what == "unknown") co_return std::optional<ending_outcome>();
  const std::optional<ledger> l = read_ledger(reply->at(2).text());
  if (!l || (what != "done" && what != "refused")) co_return errc::unexpected;
  result<invite_details> found = details_of(ref, reply->at(1).text(), *l);
  if (!found) co_return found.error();
  if (what == "done") tally_.note(event_of(act));
  const auto kind = what == "done" ? ending_outcome::kind::done : ending_outcome::kind::refused;
  co_return ending_outcome{kind, std::move(*found)};
}

} // namespace invited::store
