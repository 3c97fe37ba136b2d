#include "handlers/staff/sign_in.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/staff/account_token.hpp"
#include "handlers/text/coarse_address.hpp"
#include "handlers/text/json_writer.hpp"

namespace invited::handlers {
namespace {

response unsupported(std::string_view accepted, const request& r) {
  response out = answer(unsupported_media_type(accepted), r);
  out.add("Accept", accepted);
  return out;
}

task<void> note_sign_in(store::audit_log& audit, const store::account& who, const request& r) {
  std::string address;
  append_address(address, r.client);
  constexpr std::string_view success;
  static_cast<void>(
      co_await store::note_account(audit, who, store::audit_action::signed_in, address, success));
}

} // namespace

task<response> sign_in::handle(request& r) {
  if (read_content_type(r[field::content_type]) != body_type::json) co_return unsupported(accepted_json, r);
  if (const auto read = cookie_.check_page_origin(r); !read) co_return answer(read.error(), r);
  result<credentials> given = read_credentials(r.body);
  if (!given) co_return answer(given.error(), r);
  step<password_gate::verdict> v = co_await passwords_.judge(r, *std::move(given));
  if (!v) co_return std::move(v).error();

  const store::result<std::string> token = co_await sign_ins_.begin(v->who, v->now);
  if (!token) co_return answer(store_problem(token.error()), r);
  co_await note_sign_in(audit_, v->who, r);
  response out{.status = 204};
  out.add("Set-Cookie", cookie_.set(*token, store::sign_ins::idle));
  out.add("Set-Cookie", devices_.set(r, v->name, v->who.epoch));
  co_return out;
}

task<response> issue_token::handle(request& r) {
  constexpr std::string_view form = "application/x-www-form-urlencoded";
  if (read_content_type(r[field::content_type]) != body_type::form) co_return unsupported(form, r);
  // Browsers send a form without asking first, so any page could use up the attempts of its visitors.
  if (const auto read = cookie_.check_page_origin(r); !read) co_return answer(read.error(), r);
  result<credentials> given = read_password_grant(r.body);
  if (!given) co_return answer(given.error(), r);
  step<password_gate::verdict> v = co_await passwords_.judge(r, *std::move(given));
  if (!v) co_return std::move(v).error();

  co_await note_sign_in(audit_, v->who, r);
  const staff_claims claims = claims_of(v->who, rules_, clock_(), lives);
  response out{.content_type = "application/json"};
  json_writer to(out.body);
  to.open_object();
  to.member("access_token", mint_staff_token(secret_, claims));
  to.member("token_type", "bearer");
  to.member("expires_in", lives.count());
  to.close_object();
  co_return out;
}

} // namespace invited::handlers
