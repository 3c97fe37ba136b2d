#include "handlers/managing/invite_endpoints.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/managing/find_managed.hpp"
#include "handlers/managing/invite_json.hpp"
#include "handlers/text/json_writer.hpp"

namespace invited::handlers {
namespace {

using store::invite_details;

response show(const invite_details& invite) {
  response out{.content_type = "application/json"};
  json_writer to(out.body);
  write_invite(to, invite);
  name_invite(out, invite);
  return out;
}

} // namespace

task<response> read_invite::handle(request& r, const principal& who) {
  step<store::invite_details> found =
      co_await find_managed(invites_, r, who, store::read_purpose::kind::read);
  if (!found) co_return std::move(found).error();
  co_return show(*found);
}

task<response> read_link::handle(request& r, const principal& who) {
  step<store::invite_details> found =
      co_await find_managed(invites_, r, who, store::read_purpose::kind::link);
  if (!found) co_return std::move(found).error();
  const invite_details& invite = *found;
  if (invite.state != store::invite_state::pending) co_return refuse(invite, r);

  const std::string id = store::to_text(invite.record->id); // a pending invite is never erased
  response out{.content_type = "application/json"};
  json_writer to(out.body);
  to.open_object();
  to.member("invite_id", id);
  to.member("invite_url", base_url_ + "/invite/" + id);
  to.close_object();
  name_invite(out, invite);
  co_return out;
}

task<response> end_invite::handle(request& r, const principal& who) {
  const std::optional<store::invite_ref> ref = parse_managed(r.param);
  if (!ref) co_return answer(no_such_invite(), r);
  const store::provider_scope scope = scope_of(who);
  const actor caller(who, r);
  const store::result<std::optional<store::ending_outcome>> outcome =
      co_await invites_.end(*ref, scope, act_, caller);
  if (!outcome) co_return answer(store_problem(outcome.error()), r);
  if (!*outcome) co_return answer(no_such_invite(), r);
  const store::ending_outcome& ended = **outcome;
  if (ended.what == store::ending_outcome::kind::refused) co_return refuse(ended.invite, r);
  if (act_ != store::ending::erase) co_return show(ended.invite);
  response out{.status = 204};
  name_invite(out, ended.invite);
  co_return out;
}

task<response> clear_asked::handle(request& r, const principal& who) {
  const std::optional<store::invite_ref> ref = parse_managed(r.param);
  if (!ref) co_return answer(no_such_invite(), r);
  const store::provider_scope scope = scope_of(who);
  const actor caller(who, r);
  const store::result<std::optional<invite_details>> found =
      co_await invites_.clear_asked(*ref, scope, caller);
  if (!found) co_return answer(store_problem(found.error()), r);
  if (!*found) co_return answer(no_such_invite(), r);
  co_return show(**found);
}

} // namespace invited::handlers
