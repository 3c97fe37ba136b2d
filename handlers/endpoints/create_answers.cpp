#include "handlers/endpoints/create_answers.hpp"

#include "handlers/answer.hpp"
#include "handlers/http/json_text.hpp"
#include "handlers/http/time_text.hpp"
#include "handlers/limits/rate_fields.hpp"

namespace invited::handlers {
namespace {

problem key_reused() {
  return {.status = 422,
          .code = "idempotency_key_reused",
          .detail = "This Idempotency-Key came earlier with another body. Use a new key for a new invite."};
}

response limited(const request& r, std::string_view provider_id, const store::rate& limit,
                 std::chrono::milliseconds wait) {
  const problem p{
      .status = 429, .code = "rate_limited", .detail = "This provider has used up its invites for now."};
  response out = answer(p, r);
  add_retry_after(out, wait);
  const auto full_in = std::chrono::ceil<std::chrono::milliseconds>(
      std::chrono::duration<double>(limit.burst / limit.per_second)); // of an empty bucket
  add_rate_fields(out, limit, {limit.burst, 0, full_in});
  out.provider = provider_id;
  return out;
}

} // namespace

std::optional<response> create_answers::refused_before(const request& r, std::string_view provider_id,
                                                       const store::rate& limit) {
  const auto wait = denials_.refused_for(provider_id, denial_memory::clock::now());
  if (!wait) return {};
  return limited(r, provider_id, limit, *wait);
}

response create_answers::of(const store::create_outcome& outcome, const request& r,
                            std::string_view provider_id, const store::rate& limit) {
  using kind = store::create_outcome::kind;
  if (outcome.what == kind::limited) {
    const auto now = denial_memory::clock::now();
    denials_.remember(provider_id, now + outcome.retry_after, now);
    return limited(r, provider_id, limit, outcome.retry_after);
  }
  response out =
      outcome.what == kind::key_reused ? answer(key_reused(), r) : made(outcome.invite, provider_id);
  add_rate_fields(out, limit, outcome.tokens);
  return out;
}

response create_answers::made(const store::created_invite& invite, std::string_view provider_id) const {
  const std::string id = store::to_text(invite.id);
  response out{.content_type = "application/json"};
  out.ref = store::to_text(invite.ref);
  out.provider = provider_id;
  out.body.reserve(192 + base_url_.size());
  out.body += R"({"invite_id":")";
  out.body += id;
  out.body += R"(","invite_url":)";
  append_json_string(out.body, base_url_); // configured, so it may hold anything a URL may
  out.body.pop_back();
  out.body += "/invite/";
  out.body += id;
  out.body += R"(","ref":")";
  out.body += out.ref;
  out.body += R"(","expires_at":")";
  append_time(out.body, invite.expires_at);
  out.body += "\"}";
  if (invite.replayed) out.add("Idempotent-Replayed", "true");
  return out;
}

} // namespace invited::handlers
