#include "handlers/making/making_calls.hpp"

#include "handlers/making/create_invite.hpp"
#include "handlers/making/create_invites.hpp"
#include "handlers/making/renew_invite.hpp"

namespace invited::handlers {

void add_making_calls(route_table& to, const making_parts& with) {
  to.add<create_invite>({verb::post, "/generate_invite", for_makers, small_body}, with.gate, with.creator,
                        with.replies);
  to.add<create_invites>({verb::post, "/generate_invites", for_makers, bulk_body}, with);
  to.add<renew_invite>({verb::post, "/invites/{ref}/renew", for_staff, small_body}, with.judge, with.replies,
                       with.invites, with.terms, with.creator.rules());
}

} // namespace invited::handlers
