#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/response.hpp"
#include "store/invites.hpp"
#include "store/provider_settings.hpp"

#include <string>
#include <string_view>

namespace invited::handlers {

/// What the patient's page shows. Nothing of the patient: whoever fetches a link is not known yet.
struct invite_page {
  std::string_view links; ///< what "redeem" and "ask" are below, seen from the page's own URL
  const store::invite_view& invite;
  std::string_view open_until;        ///< when it expires, for a person to read
  std::string_view redeem_key;        ///< goes into the form
  std::string_view assessment_origin; ///< where the form's answer may lead to, for form-action
  std::string_view trouble{};         ///< what was wrong with the answer just given; empty: nothing
  const store::provider_settings* clinic = nullptr; ///< whom the patient may turn to; null: not known
};

/// The page behind a link, as plain HTML without script or style: 200, or 410 once it cannot be used. It asks
/// for the fact that the invite asks for; a locked one has no form to redeem.
response render_invite_page(const invite_page& page);

/// A problem for a person in a browser; an ended invite's names its clinic, where that is known.
response problem_page(const problem& p, std::string_view request_id,
                      const store::provider_settings* clinic = nullptr);

/// After POST /invite/{invite_id}/ask: 202, and nothing of whether there is such an invite.
response asked_page();

/// Where a redeemed invite leads as long as no assessment is configured.
response assessment_page();

} // namespace invited::handlers
