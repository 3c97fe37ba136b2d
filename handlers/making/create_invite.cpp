#include "handlers/making/create_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/auth/actor.hpp"

namespace invited::handlers {

task<response> create_invite::handle(request& r, const principal& who) {
  constexpr std::string_view this_route = "/generate_invite";
  step<call> read = this->read(r);
  if (!read) {
    gate_.charge_in_vain(who, r);
    co_return std::move(read).error();
  }
  const auto& [idempotency_key, input] = *read;
  if (!who.may_use(input.provider_id)) co_return co_await gate_.refuse_foreign(who, r);
  const actor caller(who, r);
  const store::audit_actor actor = caller;
  task<creation_result> made = creator_.make(input, who, actor, this_route, idempotency_key);
  const creation_result& m = co_await made;
  co_return replies_.answer_to(m, r, input.provider_id);
}

/// The part that need not wait.
step<create_invite::call> create_invite::read(const request& r) const {
  step<call> read{boost::system::in_place_value};
  if (auto key = read_creation_fields(r); !key) {
    read = std::move(key).error();
  } else if (auto input = read_create(r.body, creator_.rules()); !input) {
    read = answer(input.error(), r);
  } else {
    *read = {*std::move(key), *std::move(input)};
  }
  return read;
}

} // namespace invited::handlers
