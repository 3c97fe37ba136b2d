#include "handlers/endpoints/list_invites.hpp"

#include "handlers/answer.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/endpoints/invite_json.hpp"
#include "handlers/http/json_text.hpp"
#include "handlers/input/list_input.hpp"
#include "handlers/store_problem.hpp"

namespace invited::handlers {
namespace {

response show(const store::invite_page& page) {
  response out{.content_type = "application/json"};
  out.body.reserve(64 + 512 * page.invites.size());
  out.body = R"({"invites":[)";
  for (const store::invite_details& invite : page.invites) {
    if (&invite != &page.invites.front()) out.body += ',';
    append_invite(out.body, invite);
  }
  append_json_member(out.body, R"(],"next_cursor":)", page.next ? cursor_text(*page.next) : std::string());
  out.body += '}';
  return out;
}

} // namespace

task<response> list_invites::handle(request& r) {
  response refused;
  const std::shared_ptr<const principal> who = co_await gate_.admit(r, refused);
  if (!who) co_return refused;
  list_input input;
  if (const auto p = read_list(r.query, *who, input)) co_return answer(*p, r);
  if (!who->may_use(input.query.provider_id)) co_return co_await gate_.refuse_foreign(*who, r);
  const actor by(*who, r);
  input.query.by = by;
  const store::result<store::invite_page> page = co_await invites_.list(input.query);
  if (!page) co_return answer(store_problem(page.error()), r);
  response out = show(*page);
  out.provider = input.query.provider_id;
  co_return out;
}

} // namespace invited::handlers
