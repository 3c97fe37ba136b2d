#include "handlers/making/renew_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/http/idempotency_key.hpp"
#include "handlers/managing/find_managed.hpp"

namespace invited::handlers {
namespace {

constexpr std::string_view this_route = "/invites/{ref}/renew";

} // namespace

task<response> renew_invite::handle(request& r, const principal& who) {
  const result<std::string> idempotency_key = idempotency_key_of(r);
  step<store::invite_details> found = co_await find_managed(invites_, r, who, store::read_purpose::kind::act);
  if (!found) co_return std::move(found).error();
  if (!idempotency_key) co_return answer(idempotency_key.error(), r);
  const store::invite_details& old = *found;
  const provider_terms::clock::time_point now = provider_terms::clock::now();
  const store::result<create_terms> terms = co_await terms_.find(old.provider_id, now);
  if (!terms) co_return answer(store_problem(terms.error()), r);
  const store::rate& limit = terms->limit;
  if (const auto denied = judge_.denied(old.provider_id, limit))
    co_return replies_.answer_to(*denied, r, old.provider_id);

  const actor caller(who, r);
  store::renewal wanted{caller, limit, {}};
  if (!idempotency_key->empty())
    wanted.idempotency_key = {who.issuer, who.subject, this_route, *idempotency_key};
  const store::result<store::renew_outcome> outcome = co_await invites_.renew(old, wanted);
  if (!outcome) co_return answer(store_problem(outcome.error()), r);
  using kind = store::renew_outcome::kind;
  if (outcome->what == kind::unknown) co_return answer(no_such_invite(), r);
  if (outcome->what == kind::refused) co_return refuse(*outcome->old, r);
  const creation_result made = judge_.judge(outcome->made, old.provider_id, limit);
  co_return replies_.answer_to(made, r, old.provider_id);
}

} // namespace invited::handlers
