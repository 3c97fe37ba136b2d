#include "handlers/endpoints/manage_invite.hpp"

#include "handlers/answer.hpp"
#include "handlers/endpoints/invite_json.hpp"
#include "handlers/http/json_text.hpp"
#include "handlers/store_problem.hpp"

namespace invited::handlers {
namespace {

using store::invite_details;
using store::invite_state;

store::provider_scope scope_of(const principal& who) {
  return who.role == role::admin ? store::provider_scope::all() : store::provider_scope::only(who.providers);
}

problem not_for(role r) {
  return {.status = 403,
          .code = "forbidden",
          .detail = "The role " + std::string(name_of(r)) + " may not do this."};
}

/// Why an invite's state forbids what was asked.
problem conflict(const invite_details& invite) {
  switch (invite.state) {
  case invite_state::pending: return {409, "not_redeemed", "This invite has not been redeemed."};
  case invite_state::redeemed: return {409, "already_redeemed", "This invite has been redeemed."};
  case invite_state::revoked: return {409, "revoked", "This invite was revoked."};
  case invite_state::expired: return {409, "expired", "This invite has expired."};
  case invite_state::replaced: break;
  }
  problem p{409, "already_replaced", "This invite was replaced by a newer one."};
  append_json_member(p.extra, R"(,"replaced_by":)", successor_of(invite));
  return p;
}

/// Notes in the answer which invite it is about, for the log.
void name_invite(response& out, const invite_details& invite) {
  out.provider = invite.provider_id;
  out.ref = to_text(invite.ref);
}

response show(const invite_details& invite) {
  response out{.content_type = "application/json"};
  append_invite(out.body, invite);
  name_invite(out, invite);
  return out;
}

response refuse(const invite_details& invite, const request& r) {
  response out = answer(conflict(invite), r);
  name_invite(out, invite);
  return out;
}

enum class open_to { all, people };

/// The invite that a request is about; or, without one, what the caller is to be told.
struct finding {
  std::optional<invite_details> invite;
  response refused;
};

task<finding> find_managed(staff_gate& gate, store::invites& invites, const request& r, open_to whom) {
  finding f;
  const std::shared_ptr<const principal> who = gate.admit(r, f.refused);
  if (!who) co_return f;
  if (whom == open_to::people && who->role == role::portal) {
    f.refused = answer(not_for(who->role), r);
    co_return f;
  }
  f.refused = answer(no_such_invite(), r);
  const std::optional<store::invite_ref> ref = parse_managed(r.param);
  if (!ref) co_return f;
  const store::provider_scope scope = scope_of(*who);
  store::result<std::optional<invite_details>> found = co_await invites.find(*ref, scope);
  if (found) {
    f.invite = std::move(*found);
  } else {
    f.refused = answer(store_problem(found.error()), r);
  }
  co_return f;
}

} // namespace

std::optional<store::invite_ref> parse_managed(std::string_view text) {
  if (const std::optional<store::invite_ref> ref = store::parse_invite_ref(text)) return ref;
  if (const std::optional<store::invite_id> id = store::parse_invite_id(text)) return store::ref_of(*id);
  return {};
}

task<response> read_invite::handle(request& r) {
  finding f = co_await find_managed(gate_, invites_, r, open_to::all);
  if (!f.invite) co_return std::move(f.refused);
  co_return show(*f.invite);
}

task<response> read_link::handle(request& r) {
  finding f = co_await find_managed(gate_, invites_, r, open_to::people);
  if (!f.invite) co_return std::move(f.refused);
  const invite_details& invite = *f.invite;
  if (invite.state != invite_state::pending) co_return refuse(invite, r);

  const std::string id = store::to_text(invite.record->id); // a pending invite is never erased
  response out{.content_type = "application/json"};
  out.body = R"({"invite_id":")" + id + R"(","invite_url":)";
  append_json_string(out.body, base_url_ + "/invite/" + id);
  out.body += '}';
  name_invite(out, invite);
  co_return out;
}

task<response> end_invite::handle(request& r) {
  response refused;
  const std::shared_ptr<const principal> who = gate_.admit(r, refused);
  if (!who) co_return refused;
  const std::optional<store::invite_ref> ref = parse_managed(r.param);
  if (!ref) co_return answer(no_such_invite(), r);
  const store::provider_scope scope = scope_of(*who);
  const store::result<std::optional<store::ending_outcome>> outcome =
      co_await invites_.end(*ref, scope, act_);
  if (!outcome) co_return answer(store_problem(outcome.error()), r);
  if (!*outcome) co_return answer(no_such_invite(), r);
  const store::ending_outcome& ended = **outcome;
  if (ended.what == store::ending_outcome::kind::refused) co_return refuse(ended.invite, r);
  if (act_ != store::ending::erase) co_return show(ended.invite);
  response out{.status = 204};
  name_invite(out, ended.invite);
  co_return out;
}

} // namespace invited::handlers
