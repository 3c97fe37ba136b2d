#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"
#include "handlers/time/time_zone.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/provider_settings.hpp"

#include <string_view>

namespace invited::handlers {

/// What was wrong with the answer that was just given.
struct trouble {
  std::string_view code;      ///< that of a flaw, "required" or "wrong_answer"
  unsigned attempts_left = 0; ///< if the answer was wrong
};

/// What the patient's page shows. It says nothing about the patient, because anybody may have fetched the
/// link.
struct invite_page {
  page_language in;
  std::string_view links; ///< the path, from the page's own URL, under which "redeem" and "ask" are
  const store::invite_view& invite;
  const local_time& open_until;                     ///< when it expires, in the clinic's time zone
  std::string_view redeem_key;                      ///< goes into the form
  std::string_view assessment_origin;               ///< where the form's answer may lead, for form-action
  const trouble* wrong = nullptr;                   ///< null if nothing was wrong
  const store::provider_settings* clinic = nullptr; ///< whom the patient can ask; null if not known
};

/// The page behind a link, without script: 200, or 410 once it cannot be used. It asks for the answer to the
/// invite's challenge. The page of a locked invite has no form to redeem.
response render_invite_page(const invite_page& shown);

} // namespace invited::handlers
