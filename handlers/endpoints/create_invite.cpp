#include "handlers/endpoints/create_invite.hpp"

#include "handlers/answer.hpp"
#include "handlers/auth/actor.hpp"

namespace invited::handlers {

task<response> create_invite::handle(request& r) {
  constexpr std::string_view this_route = "/generate_invite";
  response refused;
  const std::shared_ptr<const principal> who = co_await gate_.admit(r, refused);
  if (!who) co_return refused;
  std::string once;
  if (auto wrong = refuse_fields(r, once)) co_return std::move(*wrong);
  create_input input;
  if (const auto p = read_create(r.body, maker_.rules(), input)) co_return answer(*p, r);
  if (!who->may_use(input.provider_id)) co_return co_await gate_.refuse_foreign(*who, r);
  const actor caller(*who, r);
  const store::audit_actor by = caller;
  const making m = co_await maker_.make(input, *who, by, this_route, once);
  co_return answers_.answer_to(m, r, input.provider_id);
}

} // namespace invited::handlers
