#include "handlers/making/create_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/auth/actor.hpp"

namespace invited::handlers {

task<response> create_invite::handle(request& r, const principal& who) {
  constexpr std::string_view this_route = "/generate_invite";
  response refused;
  std::string once;
  create_input input;
  if (!read(r, input, once, refused)) {
    gate_.charge_in_vain(who, r);
    co_return refused;
  }
  if (!who.may_use(input.provider_id)) co_return co_await gate_.refuse_foreign(who, r);
  const actor caller(who, r);
  const store::audit_actor by = caller;
  task<making> made = maker_.make(input, who, by, this_route, once);
  const making& m = co_await made;
  co_return answers_.answer_to(m, r, input.provider_id);
}

/// What need not wait has its answers and problems outside of the coroutine, whose frame would have room for
/// each of them. False: it is refused.
bool create_invite::read(const request& r, create_input& input, std::string& once, response& refused) const {
  if (auto wrong = refuse_fields(r, once)) {
    refused = std::move(*wrong);
  } else if (const auto p = read_create(r.body, maker_.rules(), input)) {
    refused = answer(*p, r);
  } else {
    return true;
  }
  return false;
}

} // namespace invited::handlers
