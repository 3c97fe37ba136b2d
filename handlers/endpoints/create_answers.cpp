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

making limited(const store::rate& limit, std::chrono::milliseconds wait) {
  const auto full_in = std::chrono::ceil<std::chrono::milliseconds>(
      std::chrono::duration<double>(limit.burst / limit.per_second)); // of an empty bucket
  return {.refused = {429, "rate_limited", "This provider has used up its invites for now."},
          .retry_after = wait,
          .limit = limit,
          .tokens = store::bucket{limit.burst, 0, full_in}};
}

} // namespace

std::optional<making> create_answers::denied(std::string_view provider_id, const store::rate& limit) {
  const auto wait = denials_.refused_for(provider_id, limit, denial_memory::clock::now());
  if (!wait) return {};
  return limited(limit, *wait);
}

making create_answers::judge(const store::create_outcome& outcome, std::string_view provider_id,
                             const store::rate& limit) {
  using kind = store::create_outcome::kind;
  if (outcome.what == kind::limited) {
    const auto now = denial_memory::clock::now();
    denials_.remember(provider_id, limit, now + outcome.retry_after, now);
    return limited(limit, outcome.retry_after);
  }
  if (outcome.what == kind::key_reused)
    return {.refused = key_reused(), .limit = limit, .tokens = outcome.tokens};
  return {.invite = outcome.invite, .limit = limit, .tokens = outcome.tokens};
}

response create_answers::answer_to(const making& m, const request& r, std::string_view provider_id) const {
  response out = m.invite ? made(*m.invite) : answer(m.refused, r);
  if (!m.invite && m.refused.status == 429) add_retry_after(out, m.retry_after);
  if (m.tokens) {
    add_rate_fields(out, m.limit, *m.tokens);
    out.provider = provider_id;
  }
  return out;
}

std::optional<response> create_answers::refused_before(const request& r, std::string_view provider_id,
                                                       const store::rate& limit) {
  const std::optional<making> m = denied(provider_id, limit);
  if (!m) return {};
  return answer_to(*m, r, provider_id);
}

response create_answers::of(const store::create_outcome& outcome, const request& r,
                            std::string_view provider_id, const store::rate& limit) {
  return answer_to(judge(outcome, provider_id, limit), r, provider_id);
}

response create_answers::made(const store::created_invite& invite) const {
  response out{.content_type = "application/json"};
  out.ref = store::to_text(invite.ref);
  out.body.reserve(192 + base_url_.size());
  out.body += '{';
  append_made(out.body, invite);
  out.body += '}';
  if (invite.replayed) out.add("Idempotent-Replayed", "true");
  return out;
}

void create_answers::append_made(std::string& out, const store::created_invite& invite) const {
  const std::string id = store::to_text(invite.id);
  out += R"("invite_id":")";
  out += id;
  out += R"(","invite_url":)";
  append_json_string(out, base_url_); // configured, so it may hold anything a URL may
  out.pop_back();
  out += "/invite/";
  out += id;
  out += R"(","ref":")";
  out += store::to_text(invite.ref);
  out += R"(","expires_at":")";
  append_time(out, invite.expires_at);
  out += '"';
}

} // namespace invited::handlers
