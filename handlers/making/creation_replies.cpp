#include "handlers/making/creation_replies.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"

#include <algorithm>

namespace invited::handlers {
namespace {

problem key_reused() {
  return {.status = 422,
          .code = "idempotency_key_reused",
          .detail =
              "This Idempotency-Key was used before with another body. Use a new key for a new invite."};
}

creation_result limited(const store::rate& limit, std::chrono::milliseconds wait) {
  const auto full_in = std::chrono::ceil<std::chrono::milliseconds>(
      std::chrono::duration<double>(limit.burst / limit.per_second)); // of an empty bucket
  return {.refused = {429, "rate_limited", "This provider has used up its invites for now."},
          .retry_after = wait,
          .limit = limit,
          .tokens = store::bucket{limit.burst, 0, full_in}};
}

} // namespace

creation_replies::creation_replies(std::string_view base_url) : links_(std::string(base_url) + "/invite/") {
  constexpr store::created_invite any{};
  json_writer to(form_);
  to.open_object();
  write_made(to, any);
  to.close_object();
  // The base URL is configured and may hold anything, but it comes after the id, and before the link's end.
  const std::string id = store::to_text(any.id);
  id_at_ = form_.find(id);
  link_at_ = form_.rfind(id);
  ref_at_ = form_.rfind(store::to_text(any.ref));
  expiry_at_ = form_.rfind(time_text(any.expires_at));
}

std::optional<creation_result> creation_replies::denied(std::string_view provider_id,
                                                        const store::rate& limit) {
  const auto wait = denials_.refused_for(provider_id, limit, denial_memory::clock::now());
  if (!wait) return {};
  return limited(limit, *wait);
}

creation_result creation_replies::judge(const store::create_outcome& outcome, std::string_view provider_id,
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

response creation_replies::answer_to(const creation_result& m, const request& r,
                                     std::string_view provider_id) const {
  response out = m.invite ? made(*m.invite) : answer(m.refused, r);
  if (!m.invite && m.refused.status == 429) add_retry_after(out, m.retry_after);
  if (m.tokens) {
    add_rate_fields(out, "create", m.limit, *m.tokens);
    out.provider = provider_id;
  }
  return out;
}

step<> creation_replies::recall(const request& r, std::string_view provider_id, const store::rate& limit) {
  const std::optional<creation_result> m = denied(provider_id, limit);
  if (!m) return {};
  return answer_to(*m, r, provider_id);
}

response creation_replies::of(const store::create_outcome& outcome, const request& r,
                              std::string_view provider_id, const store::rate& limit) {
  return answer_to(judge(outcome, provider_id, limit), r, provider_id);
}

response creation_replies::made(const store::created_invite& invite) const {
  response out{.content_type = "application/json", .body = form_};
  char* const at = out.body.data();
  store::write_text(at + id_at_, invite.id);
  std::copy_n(at + id_at_, store::id_text_size, at + link_at_);
  store::write_text(at + ref_at_, invite.ref);
  write_time(at + expiry_at_, invite.expires_at);
  out.ref = std::string_view(out.body).substr(ref_at_, store::ref_text_size);
  if (invite.replayed) out.add("Idempotent-Replayed", "true");
  return out;
}

void creation_replies::write_made(json_writer& to, const store::created_invite& invite) const {
  const std::string id = store::to_text(invite.id);
  to.member("invite_id", id);
  to.member("invite_url", links_ + id);
  to.member("ref", store::to_text(invite.ref));
  to.member("expires_at", time_text(invite.expires_at));
}

} // namespace invited::handlers
