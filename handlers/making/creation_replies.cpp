#include "handlers/making/creation_replies.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/text/json_text.hpp"
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

creation_replies::creation_replies(std::string_view base_url) {
  const auto leave_room = [this](std::size_t bytes) {
    const std::size_t at = form_.size();
    form_.append(bytes, ' ');
    return at;
  };
  form_ = R"("invite_id":")";
  id_at_ = leave_room(store::id_text_size);
  form_ += R"(","invite_url":)";
  append_json_string(form_, base_url); // configured, so it may hold everything that a URL may
  form_.pop_back();
  form_ += "/invite/";
  link_at_ = leave_room(store::id_text_size);
  form_ += R"(","ref":")";
  ref_at_ = leave_room(store::ref_text_size);
  form_ += R"(","expires_at":")";
  expiry_at_ = leave_room(time_text_size);
  form_ += '"';
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
  response out{.content_type = "application/json"};
  out.body.reserve(form_.size() + 2);
  out.body += '{';
  append_made(out.body, invite);
  out.body += '}';
  out.ref = std::string_view(out.body).substr(1 + ref_at_, store::ref_text_size);
  if (invite.replayed) out.add("Idempotent-Replayed", "true");
  return out;
}

void creation_replies::append_made(std::string& out, const store::created_invite& invite) const {
  const std::size_t start = out.size();
  out += form_;
  char* const at = out.data() + start;
  store::write_text(at + id_at_, invite.id);
  std::copy_n(at + id_at_, store::id_text_size, at + link_at_);
  store::write_text(at + ref_at_, invite.ref);
  write_time(at + expiry_at_, invite.expires_at);
}

} // namespace invited::handlers
