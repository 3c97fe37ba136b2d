#include "handlers/staff/own_account.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/require_json.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/staff/sign_in_input.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

problem no_session() {
  return {.status = 409,
          .code = "no_session",
          .detail = "A single bearer token cannot be ended. All tokens of an account end together: "
                    "{\"everywhere\": true}."};
}

response show(const principal& who) {
  response out{.content_type = "application/json"};
  json_writer to(out.body);
  to.open_object();
  to.member("username", who.subject);
  to.member("name", who.name);
  to.member("role", name_of(who.role));
  to.name("provider_ids");
  to.open_array();
  for (const std::string& provider : who.providers) to.text(provider);
  to.close_array();
  to.member("session_expires_at", time_text(who.expires_at * 1000));
  to.close_object();
  return out;
}

} // namespace

task<response> show_me::handle(request& /*r*/, const principal& who) {
  co_return show(who);
}

task<response> sign_out::handle(request& r, const principal& who) {
  if (!r.body.empty()) {
    if (step<> is_json = require_json(r); !is_json) co_return std::move(is_json).error();
  }
  const result<signed_out> wanted = read_sign_out(r.body);
  if (!wanted) co_return answer(wanted.error(), r);
  const bool everywhere = *wanted == signed_out::everywhere;
  const auto token = r[field::authorization].empty() ? cookie_.find(r) : std::nullopt;
  if (!token && !(everywhere && who.account_epoch)) co_return answer(no_session(), r);

  store::result<void> ended;
  if (everywhere)
    ended = co_await end_all(who);
  else
    ended = co_await staff_.sign_ins.end(*token);
  if (!ended) co_return answer(store_problem(ended.error()), r);
  if (token) r.set_cookie = cookie_.clear();

  const actor caller(who, r);
  const store::audit_actor from = caller;
  const store::account of{
      .username = who.subject, .role = std::string(name_of(who.role)), .providers = who.providers};
  const store::audit_action what =
      everywhere ? store::audit_action::signed_out_everywhere : store::audit_action::signed_out;
  constexpr std::string_view success;
  static_cast<void>(co_await store::note_account(audit_, of, what, from.address, success));
  response out{.status = 204};
  co_return out;
}

task<store::result<void>> sign_out::end_all(const principal& who) {
  const std::int64_t now = clock_() * 1000;
  std::function<void(store::account&)> end = [now](store::account& a) { store::end_sign_ins(a, now); };
  const store::result<std::optional<store::account>> changed =
      co_await staff_.accounts.change(who.subject, std::move(end));
  if (!changed) co_return changed.error();
  co_return store::result<void>();
}

} // namespace invited::handlers
