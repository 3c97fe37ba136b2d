#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/response.hpp"
#include "store/ledger.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What the patient's page shows. Nothing of the patient: whoever fetches a link is not known yet.
struct invite_page {
  std::string_view invite_id; ///< as in the path
  store::invite_state state;
  bool own_session; ///< the browser's redeem key is the one that redeemed: it may go on
  std::int64_t expires_at;
  std::string_view redeem_key;        ///< goes into the form
  std::string_view assessment_origin; ///< where the form's answer may lead to, for form-action
};

/// The page behind a link, as plain HTML without script or style: 200, or 410 once it cannot be used.
response render_invite_page(const invite_page& page);

/// A problem for a person in a browser.
response problem_page(const problem& p, std::string_view request_id);

/// After POST /invite/{invite_id}/ask: 202, and nothing of whether there is such an invite.
response asked_page();

/// Where a redeemed invite leads as long as no assessment is configured.
response assessment_page();

} // namespace invited::handlers
