#include "handlers/making/creation_replies.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/text/json_text.hpp"
#include "handlers/time/time_text.hpp"

#include <algorithm>

namespace invited::handlers {

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
