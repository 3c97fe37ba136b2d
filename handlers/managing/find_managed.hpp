#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/async/task.hpp"
#include "store/invites/invites.hpp"

namespace invited::handlers {

/// The providers whose invites the caller may manage.
store::provider_scope scope_of(const principal& who);

/// Notes in the answer, for the log, which invite it is about.
void name_invite(response& out, const store::invite_details& invite);

/// 409: the invite's state forbids the act.
response refuse(const store::invite_details& invite, const request& r);

/// The invite that a request is about, or the answer if there is none. `what` says why it is read. All
/// references must live until the call is done.
task<step<store::invite_details>> find_managed(store::invites& invites, const request& r,
                                               const principal& who, store::read_purpose::kind what);

} // namespace invited::handlers
