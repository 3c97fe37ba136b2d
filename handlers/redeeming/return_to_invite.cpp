#include "handlers/redeeming/return_to_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/pages/language.hpp"
#include "store/keys/invite_id.hpp"

namespace invited::handlers {

task<response> return_to_invite::handle(request& r) {
  if (!store::parse_invite_id(r.param)) co_return answer(no_such_invite(), r);
  response out{.status = 303};
  // Relative (RFC 9110 §10.2.2), so that it also works behind a proxy's path.
  std::string target = "../";
  target += r.param;
  target += language_query(language_for(r));
  out.add("Location", target);
  co_return out;
}

} // namespace invited::handlers
