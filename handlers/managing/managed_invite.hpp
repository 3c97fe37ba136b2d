#pragma once

#include "handlers/auth/staff_gate.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "store/invites/invites.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace invited::handlers {

/// Whose invites somebody manages.
store::provider_scope scope_of(const principal& who);

/// Notes in the answer which invite it is about, for the log.
void name_invite(response& out, const store::invite_details& invite);

/// 409: the invite's state forbids what was asked.
response refuse(const store::invite_details& invite, const request& r);

enum class open_to { all, people }; ///< people: everybody but portals

/// The invite that a request is about, and who asks; or, without an invite, what the caller is to be told.
struct finding {
  std::shared_ptr<const principal> who;
  std::optional<store::invite_details> invite;
  response refused;
};

/// `what` is what it is looked at for. `r` must live until it is done, as must the others.
task<finding> find_managed(staff_gate& gate, store::invites& invites, request& r, open_to whom,
                           store::looking::purpose what);

} // namespace invited::handlers
