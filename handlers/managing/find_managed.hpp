#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/async/task.hpp"
#include "store/invites/invites.hpp"

#include <optional>

namespace invited::handlers {

/// Whose invites somebody manages.
store::provider_scope scope_of(const principal& who);

/// Notes in the answer which invite it is about, for the log.
void name_invite(response& out, const store::invite_details& invite);

/// 409: the invite's state forbids what was asked.
response refuse(const store::invite_details& invite, const request& r);

/// The invite that a request is about; or, without one, what the caller is to be told.
struct finding {
  std::optional<store::invite_details> invite;
  response refused;
};

/// `what` is what it is looked at for. All references must live until it is done.
task<finding> find_managed(store::invites& invites, const request& r, const principal& who,
                           store::read_purpose::kind what);

} // namespace invited::handlers
