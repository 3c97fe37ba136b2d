#include "handlers/making/creation_replies.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"

#include <algorithm>

namespace invited::handlers {

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
