#include "handlers/redeeming/ask_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/http/accept.hpp"
#include "handlers/pages/asked_page.hpp"

namespace invited::handlers {

task<response> ask_invite::handle(request& r) {
  std::string ref_text;
  if (const std::optional<store::invite_id> id = store::parse_invite_id(r.param)) {
    const store::invite_ref ref = store::ref_of(*id);
    const store::result<void> noted = co_await invites_.ask(ref);
    if (!noted) co_return answer(store_problem(noted.error()), r);
    ref_text = to_text(ref);
  }
  response out = negotiate(r[field::accept]) == answer_type::html ? asked_page(language_for(r))
                                                                  : response{.status = 202};
  out.add("Vary", "Accept");
  out.ref = std::move(ref_text);
  co_return out;
}

} // namespace invited::handlers
