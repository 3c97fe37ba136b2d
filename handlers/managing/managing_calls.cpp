#include "handlers/managing/managing_calls.hpp"

#include "handlers/managing/draw_link.hpp"
#include "handlers/managing/invite_endpoints.hpp"
#include "handlers/managing/list_invites.hpp"

namespace invited::handlers {

void add_managing_calls(route_table& to, const managing_parts& with) {
  using store::ending;
  to.add<list_invites>({verb::get, "/invites", for_staff, no_body}, with.gate, with.invites, with.digest);
  to.add<read_invite>({verb::get, "/invites/{ref}", for_staff, no_body}, with.invites);
  to.add<end_invite>({verb::del, "/invites/{ref}", for_staff, no_body}, with.invites, ending::erase);
  to.add<read_link>({verb::get, "/invites/{ref}/link", for_people, no_body}, with.invites, with.base_url);
  to.add<draw_link>({verb::get, "/invites/{ref}/qr.svg", for_people, no_body}, with.invites, with.base_url,
                    with.painter, svg_image);
  to.add<draw_link>({verb::get, "/invites/{ref}/qr.png", for_people, no_body}, with.invites, with.base_url,
                    with.painter, png_image);
  to.add<end_invite>({verb::post, "/invites/{ref}/revoke", for_staff, no_body}, with.invites, ending::revoke);
  to.add<end_invite>({verb::post, "/invites/{ref}/end_session", for_staff, no_body}, with.invites,
                     ending::end_session);
  to.add<clear_asked>({verb::post, "/invites/{ref}/clear_asked", for_staff, no_body}, with.invites);
}

} // namespace invited::handlers
