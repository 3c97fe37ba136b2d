#include "handlers/staff/staff_calls.hpp"

#include "handlers/staff/change_password.hpp"
#include "handlers/staff/own_account.hpp"
#include "handlers/staff/sign_in.hpp"
#include "handlers/staff/staff_pages.hpp"

namespace invited::handlers {

void add_staff_calls(route_table& to, const staff_parts& with) {
  to.add<sign_in>({verb::post, "/sign-in", for_anyone, small_body}, with.passwords, with.sign_ins, with.audit,
                  with.cookie, with.devices);
  to.add<issue_token>({verb::post, "/token", for_anyone, small_body}, with.passwords, with.audit, with.cookie,
                      with.secret, with.rules, with.clock);
  const staff_gate::staff_store store{with.accounts, with.sign_ins};
  to.add<sign_out>({verb::post, "/sign-out", for_staff, small_body}, store, with.audit, with.cookie,
                   with.clock);
  to.add<show_me>({verb::get, "/users/me", for_staff, no_body});
  to.add<change_password>({verb::post, "/users/me/password", for_staff, small_body},
                          change_password::parts{with.passwords, with.accounts, with.sign_ins, with.audit,
                                                 with.cookie, with.devices, with.password_worker,
                                                 with.random});

  to.add<staff_page>({verb::get, "/", for_anyone, no_body}, assets::dashboard_page);
  to.add<staff_page>({verb::get, "/invite", for_anyone, no_body}, assets::new_invite_page);
  to.add<staff_page>({verb::get, "/sign-in", for_anyone, no_body}, assets::sign_in_page);
  to.add<staff_page>({verb::get, "/password", for_anyone, no_body}, assets::password_page);
  to.add<page_file>({verb::get, "/assets/{file}", for_anyone, no_body});
}

} // namespace invited::handlers
