#include "handlers/endpoints/create_invite.hpp"

#include "handlers/answer.hpp"
#include "handlers/http/json_text.hpp"
#include "handlers/http/time_text.hpp"
#include "handlers/input/content_type.hpp"
#include "handlers/input/idempotency_key.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/store_problem.hpp"

namespace invited::handlers {
namespace {

constexpr std::string_view this_route = "/generate_invite";

problem key_reused() {
  return {.status = 422,
          .code = "idempotency_key_reused",
          .detail = "This Idempotency-Key came earlier with another body. Use a new key for a new invite."};
}

} // namespace

create_invite::create_invite(staff_gate& gate, denial_memory& denials, store::invites& invites,
                             create_policy policy)
    : gate_(gate), denials_(denials), invites_(invites), policy_(std::move(policy)) {}

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
  if (!who->may_use(input.provider_id)) co_return answer(foreign_provider(), r);
  if (const auto wait = denials_.refused_for(input.provider_id, denial_memory::clock::now())) {
    co_return limited(r, input.provider_id, *wait);
  }

  const std::chrono::seconds ttl = input.expires_in ? std::chrono::seconds(*input.expires_in) : policy_.ttl;
  store::new_invite wanted{.provider_id = input.provider_id,
                           .creator = who->subject,
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

  using kind = store::create_outcome::kind;
  if (outcome->what == kind::limited) {
    const auto now = denial_memory::clock::now();
    denials_.remember(input.provider_id, now + outcome->retry_after, now);
    co_return limited(r, input.provider_id, outcome->retry_after);
  }
  response out =
      outcome->what == kind::key_reused ? answer(key_reused(), r) : made(*outcome, input.provider_id);
  add_rate_fields(out, policy_.limit, outcome->tokens);
  co_return out;
}

response create_invite::limited(const request& r, std::string_view provider_id,
                                std::chrono::milliseconds wait) const {
  const problem p{
      .status = 429, .code = "rate_limited", .detail = "This provider has used up its invites for now."};
  response out = answer(p, r);
  add_retry_after(out, wait);
  const store::rate& limit = policy_.limit;
  const auto full_in = std::chrono::ceil<std::chrono::milliseconds>(
      std::chrono::duration<double>(limit.burst / limit.per_second)); // of an empty bucket
  add_rate_fields(out, limit, {limit.burst, 0, full_in});
  out.provider = provider_id;
  return out;
}

response create_invite::made(const store::create_outcome& outcome, std::string_view provider_id) const {
  const std::string id = store::to_text(outcome.invite.id);
  response out{.content_type = "application/json"};
  out.ref = store::to_text(outcome.invite.ref);
  out.provider = provider_id;
  out.body.reserve(192 + policy_.base_url.size());
  out.body += R"({"invite_id":")";
  out.body += id;
  out.body += R"(","invite_url":)";
  append_json_string(out.body, policy_.base_url); // configured, so it may hold anything a URL may
  out.body.pop_back();
  out.body += "/invite/";
  out.body += id;
  out.body += R"(","ref":")";
  out.body += out.ref;
  out.body += R"(","expires_at":")";
  append_time(out.body, outcome.invite.expires_at);
  out.body += "\"}";
  if (outcome.invite.replayed) out.add("Idempotent-Replayed", "true");
  return out;
}

} // namespace invited::handlers
