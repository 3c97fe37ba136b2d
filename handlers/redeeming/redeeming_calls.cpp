#include "handlers/redeeming/redeeming_calls.hpp"

#include "handlers/redeeming/ask_invite.hpp"
#include "handlers/redeeming/assessment.hpp"
#include "handlers/redeeming/read_session.hpp"
#include "handlers/redeeming/redeem_invite.hpp"
#include "handlers/redeeming/return_to_invite.hpp"
#include "handlers/redeeming/show_invite.hpp"

namespace invited::handlers {

void add_redeeming_calls(route_table& to, const redeeming_parts& with) {
  to.add<redeem_invite>({verb::post, "/invite/{invite_id}/redeem", for_patients, small_body}, with.invites,
                        with.providers, with.tokens, with.links, with.session, with.clock);
  to.add<show_invite>({verb::get, "/invite/{invite_id}", for_patients, no_body}, with.invites, with.providers,
                      with.random, with.links, with.session);
  to.add<ask_invite>({verb::post, "/invite/{invite_id}/ask", for_patients, no_body}, with.invites);
  to.add<return_to_invite>({verb::get, "/invite/{invite_id}/", for_patients, no_body});
  to.add<return_to_invite>({verb::get, "/invite/{invite_id}/redeem", for_patients, no_body});
  to.add<return_to_invite>({verb::get, "/invite/{invite_id}/ask", for_patients, no_body});
  to.add<read_session>({verb::get, "/session", for_patients, no_body}, with.invites, with.tokens);
  to.add<assessment>({verb::get, "/assessment", for_patients, no_body});
}

} // namespace invited::handlers
