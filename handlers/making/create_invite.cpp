#include "handlers/making/create_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/auth/actor.hpp"

namespace invited::handlers {

task<response> create_invite::handle(request& r, const principal& who) {
  constexpr std::string_view this_route = "/generate_invite";
  response refused;
  std::string idempotency_key;
  create_input input;
  if (!read(r, input, idempotency_key, refused)) {
    gate_.charge_in_vain(who, r);
    co_return refused;
  }
  if (!who.may_use(input.provider_id)) co_return co_await gate_.refuse_foreign(who, r);
  const actor caller(who, r);
  const store::audit_actor actor = caller;
  task<creation_result> made = creator_.make(input, who, actor, this_route, idempotency_key);
  const creation_result& m = co_await made;
  co_return replies_.answer_to(m, r, input.provider_id);
}

/// The part that need not wait. Its answers and problems are outside of the coroutine, because its frame
/// would have room for each of them. False: it is refused.
bool create_invite::read(const request& r, create_input& input, std::string& idempotency_key,
                         response& refused) const {
  if (auto wrong = refuse_fields(r, idempotency_key)) {
    refused = std::move(*wrong);
  } else if (const auto p = read_create(r.body, creator_.rules(), input)) {
    refused = answer(*p, r);
  } else {
    return true;
  }
  return false;
}

} // namespace invited::handlers
