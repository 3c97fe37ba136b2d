#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/redeeming/patient_links.hpp"
#include "handlers/redeeming/redeem_cookie.hpp"
#include "handlers/time/time_zone.hpp"
#include "store/base/entropy.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/providers.hpp"

#include <chrono>
#include <string>

namespace invited::handlers {

/// GET /invite/{invite_id}: the state of a link, as JSON or as a page. It never redeems, because mail
/// scanners fetch links first. The first GET behind which somebody may be is noted as
/// the invite's view (onlooker.hpp). With something else behind the id it leads to the link itself.
class show_invite final : public endpoint {
public:
  /// References must outlive the object. `session` is how long the cookie of the redeem key is kept.
  show_invite(store::invites& invites, store::providers& providers, store::entropy& random,
              patient_links links, std::chrono::seconds session);
  task<response> handle(request& r) override;

private:
  response page(const request& r, const store::invite_view& view, std::string_view redeem_key,
                const store::provider_settings& clinic);

  store::invites& invites_;
  store::providers& providers_;
  store::entropy& random_;
  std::string assessment_origin_;
  redeem_cookie_writer cookies_;
  time_zones zones_;
};

} // namespace invited::handlers
