#include "handlers/managing/find_managed.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/managing/invite_json.hpp"
#include "handlers/values/managed_ref.hpp"

namespace invited::handlers {
namespace {

using store::invite_details;
using store::invite_state;

/// Why an invite's state forbids the act.
problem conflict(const invite_details& invite) {
  switch (invite.state) {
  case invite_state::pending: return {409, "not_redeemed", "This invite has not been redeemed."};
  case invite_state::redeemed: return {409, "already_redeemed", "This invite has been redeemed."};
  case invite_state::revoked: return {409, "revoked", "This invite was revoked."};
  case invite_state::expired:
    if (invite.successor) break; // renewed after its end
    return {409, "expired", "This invite has expired."};
  case invite_state::replaced: break;
  }
  return {.status = 409,
          .code = "already_replaced",
          .detail = "This invite was replaced by a newer one.",
          .extra = {{"replaced_by", successor_of(invite)}}};
}

} // namespace

store::provider_scope scope_of(const principal& who) {
  return who.role == role::admin ? store::provider_scope::all() : store::provider_scope::only(who.providers);
}

void name_invite(response& out, const invite_details& invite) {
  out.provider = invite.provider_id;
  out.set_ref(invite.ref);
}

response refuse(const invite_details& invite, const request& r) {
  response out = answer(conflict(invite), r);
  name_invite(out, invite);
  return out;
}

task<step<invite_details>> find_managed(store::invites& invites, const request& r, const principal& who,
                                        store::read_purpose::kind what) {
  const std::optional<store::invite_ref> ref = parse_managed(r.param);
  if (!ref) co_return answer(no_such_invite(), r);
  const store::provider_scope scope = scope_of(who);
  const actor caller(who, r);
  const store::read_purpose why{what, caller};
  store::result<std::optional<invite_details>> found = co_await invites.find(*ref, scope, why);
  if (!found) co_return answer(store_problem(found.error()), r);
  if (!*found) co_return answer(no_such_invite(), r);
  co_return std::move(**found);
}

} // namespace invited::handlers
