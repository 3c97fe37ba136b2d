#include "handlers/endpoints/create_invite.hpp"

#include "handlers/answer.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/input/content_type.hpp"
#include "handlers/input/idempotency_key.hpp"
#include "handlers/store_problem.hpp"

namespace invited::handlers {
namespace {

constexpr std::string_view this_route = "/generate_invite";

} // namespace

create_invite::create_invite(staff_gate& gate, create_answers& answers, store::invites& invites,
                             create_policy policy)
    : gate_(gate), answers_(answers), invites_(invites), policy_(std::move(policy)) {}

task<response> create_invite::handle(request& r) {
  response refused;
  const std::shared_ptr<const principal> who = gate_.admit(r, refused);
  if (!who) co_return refused;
  if (const auto p = expect_json(r[field::content_type])) {
    refused = answer(*p, r);
    refused.add("Accept", accepted_json);
    co_return refused;
  }
  std::string once;
  if (const auto p = read_idempotency_key(r[field::idempotency_key], once)) co_return answer(*p, r);
  create_input input;
  if (const auto p = read_create(r.body, policy_.rules, input)) co_return answer(*p, r);
  if (!who->may_use(input.provider_id)) co_return co_await gate_.refuse_foreign(*who, r);
  if (auto denied = answers_.refused_before(r, input.provider_id, policy_.limit))
    co_return std::move(*denied);

  const actor by(*who, r);
  const std::chrono::seconds ttl = input.expires_in ? std::chrono::seconds(*input.expires_in) : policy_.ttl;
  store::new_invite wanted{.provider_id = input.provider_id,
                           .by = by,
                           .email = input.email,
                           .first_name = input.first_name,
                           .last_name = input.last_name,
                           .phone = input.phone,
                           .locale = input.locale,
                           .ttl = ttl,
                           .limit = policy_.limit,
                           .once = {}};
  if (!once.empty()) wanted.once = {who->issuer, who->subject, this_route, once};
  const store::result<store::create_outcome> outcome = co_await invites_.create(wanted);
  if (!outcome) co_return answer(store_problem(outcome.error()), r);
  co_return answers_.of(*outcome, r, input.provider_id, policy_.limit);
}

} // namespace invited::handlers
