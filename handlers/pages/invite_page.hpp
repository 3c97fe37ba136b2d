#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"
#include "handlers/time/time_zone.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/provider_settings.hpp"

#include <string_view>

namespace invited::handlers {

/// What was wrong with an answer just given.
struct trouble {
  std::string_view code;      ///< a flaw's, or "required", or "wrong_answer"
  unsigned attempts_left = 0; ///< with wrong_answer
};

/// What the patient's page shows. Nothing of the patient: whoever fetches a link is not known yet.
struct invite_page {
  page_language in;
  std::string_view links; ///< what "redeem" and "ask" are below, seen from the page's own URL
  const store::invite_view& invite;
  const local_time& open_until;                     ///< when it expires, where the clinic is
  std::string_view redeem_key;                      ///< goes into the form
  std::string_view assessment_origin;               ///< where the form's answer may lead to, for form-action
  const trouble* wrong = nullptr;                   ///< null: nothing
  const store::provider_settings* clinic = nullptr; ///< whom the patient may turn to; null: not known
};

/// The page behind a link, without script: 200, or 410 once it cannot be used. It asks for the fact that the
/// invite asks for; a locked one has no form to redeem.
response render_invite_page(const invite_page& shown);

} // namespace invited::handlers
