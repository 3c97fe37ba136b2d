#include "handlers/making/renew_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/require_json.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/fields/json_object.hpp"
#include "handlers/http/idempotency_key.hpp"
#include "handlers/managing/find_managed.hpp"
#include "handlers/values/challenge_input.hpp"
#include "handlers/values/values.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {
namespace {

constexpr std::string_view this_route = "/invites/{ref}/renew";

enum : std::size_t { expires_in, locale, external_id, field_count };

constexpr std::array<field_rule, field_count> renew_fields{{
    {.name = "expires_in", .kind = field_kind::integer},
    {.name = "locale"},
    {.name = "external_id"},
}};

/// Takes the invite's code into its form of today, in which the new invite keeps it. A code that has none now
/// stays as it is: it can still be given (read_given_answer).
void fold_code(store::invite_details& of) {
  if (!of.record || !of.record->challenge) return;
  store::challenge& asked = *of.record->challenge;
  if (asked.kind != store::challenge_kind::code) return;
  if (checked<std::string> code = read_code(asked.answer)) asked.answer = *std::move(code);
}

} // namespace

step<renew_invite::wish> renew_invite::read(const request& r) const {
  auto key = idempotency_key_of(r);
  if (!key) return answer(key.error(), r);
  wish out{*std::move(key), {}, {}, {}};
  if (r.body.empty()) return out;
  if (step<> is_json = require_json(r); !is_json) return std::move(is_json).error();
  std::array<field_value, field_count> values{};
  std::vector<field_error> errors;
  if (auto body = read_json_object(r.body, renew_fields, values, errors); !body)
    return answer(body.error(), r);
  if (values[expires_in].good()) {
    const std::int64_t seconds = values[expires_in].number;
    note(errors, renew_fields[expires_in], check_expires_in(seconds, rules_.ttl_min, rules_.ttl_max));
    out.lives = std::chrono::seconds(std::min(seconds, rules_.ttl_max.count()));
  }
  if (values[locale].good()) take(errors, renew_fields[locale], read_locale(values[locale].text), out.locale);
  if (values[external_id].good())
    take(errors, renew_fields[external_id], read_external_id(values[external_id].text), out.external_id);
  if (!errors.empty()) return answer(invalid_content(std::move(errors)), r);
  return out;
}

task<response> renew_invite::handle(request& r, const principal& who) {
  step<store::invite_details> found = co_await find_managed(invites_, r, who, store::read_purpose::kind::act);
  if (!found) co_return std::move(found).error();
  step<wish> wishes = read(r);
  if (!wishes) co_return std::move(wishes).error();
  fold_code(*found);
  const store::invite_details& old = *found;
  const provider_terms::clock::time_point now = provider_terms::clock::now();
  const store::result<create_terms> terms = co_await terms_.find(old.provider_id, now);
  if (!terms) co_return answer(store_problem(terms.error()), r);
  const store::rate& limit = terms->limit;
  if (const auto denied = judge_.denied(old.provider_id, limit))
    co_return replies_.answer_to(*denied, r, old.provider_id);

  const actor caller(who, r);
  store::renewal wanted{caller, limit, {}, wishes->lives, wishes->locale, wishes->external_id};
  if (!wishes->idempotency_key.empty())
    wanted.idempotency_key = {who.issuer, who.subject, this_route, wishes->idempotency_key};
  const store::result<store::renew_outcome> outcome = co_await invites_.renew(old, wanted);
  if (!outcome) co_return answer(store_problem(outcome.error()), r);
  using kind = store::renew_outcome::kind;
  if (outcome->what == kind::unknown) co_return answer(no_such_invite(), r);
  if (outcome->what == kind::refused) co_return refuse(*outcome->old, r);
  const creation_result made = judge_.judge(outcome->made, old.provider_id, limit);
  co_return replies_.answer_to(made, r, old.provider_id);
}

} // namespace invited::handlers
