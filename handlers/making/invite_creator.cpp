#include "handlers/making/invite_creator.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/require_json.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/http/idempotency_key.hpp"

namespace invited::handlers {

invite_creator::invite_creator(creation_judge& judge, store::invites& invites, provider_terms& terms,
                               create_rules rules)
    : judge_(judge), invites_(invites), terms_(terms), rules_(std::move(rules)) {}

task<creation_result> invite_creator::make(const create_input& input, const principal& who,
                                           const store::audit_actor& actor, std::string_view route,
                                           std::string_view idempotency_key) {
  if (!who.may_use(input.provider_id)) co_return creation_result{.refused = foreign_provider()};
  const provider_terms::clock::time_point now = provider_terms::clock::now();
  std::optional<create_terms> terms = terms_.known(input.provider_id, now);
  if (!terms) {
    const store::result<create_terms> found = co_await terms_.find(input.provider_id, now);
    if (!found)
      co_return creation_result{.refused = store_problem(found.error()), .retry_after = store_retry};
    terms = *found;
  }
  if (auto denied = judge_.denied(input.provider_id, terms->limit)) co_return std::move(*denied);
  store::new_invite wanted{.provider_id = input.provider_id,
                           .actor = actor,
                           .email = input.email,
                           .first_name = input.first_name,
                           .last_name = input.last_name,
                           .phone = input.phone,
                           .locale = input.locale,
                           .challenge = input.challenge ? &*input.challenge : nullptr,
                           .ttl = input.expires_in ? std::chrono::seconds(*input.expires_in) : terms->ttl,
                           .limit = terms->limit,
                           .idempotency_key = {},
                           .usual_ttl = !input.expires_in,
                           .external_id = input.external_id};
  if (!idempotency_key.empty()) wanted.idempotency_key = {who.issuer, who.subject, route, idempotency_key};
  task<store::result<store::create_outcome>> creating = invites_.create(wanted);
  const store::result<store::create_outcome>& outcome = co_await creating;
  if (!outcome)
    co_return creation_result{.refused = store_problem(outcome.error()), .retry_after = store_retry};
  co_return judge_.judge(*outcome, input.provider_id, terms->limit);
}

step<std::string> read_creation_fields(const request& r) {
  if (step<> is_json = require_json(r); !is_json) return std::move(is_json).error();
  auto key = idempotency_key_of(r);
  if (!key) return answer(key.error(), r);
  return *std::move(key);
}

} // namespace invited::handlers
