#include "handlers/endpoints/list_invites.hpp"

#include "handlers/answer.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/endpoints/invite_json.hpp"
#include "handlers/http/json_page.hpp"
#include "handlers/input/list_input.hpp"
#include "handlers/store_problem.hpp"

namespace invited::handlers {
namespace {

response show(const store::invite_page& page) {
  return json_page("invites", page.invites, 512, append_invite,
                   page.next ? cursor_text(*page.next) : std::string());
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
