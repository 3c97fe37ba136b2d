#pragma once

#include "handlers/pages/invite_page.hpp"
#include "handlers/pages/problem_page.hpp"
#include "handlers/redeeming/patient_links.hpp"
#include "handlers/redeeming/redeem_cookie.hpp"
#include "handlers/redeeming/redeem_input.hpp"
#include "handlers/time/time_zone.hpp"
#include "handlers/tokens/session_token.hpp"
#include "handlers/values/values.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/providers.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Makes the answers of a redeem call. A program gets JSON. A form (a browser without script) gets a redirect
/// to the assessment, or a page, whatever its Accept says.
class redeem_answers {
public:
  /// What is known of an invite that did not open.
  struct known_invite {
    store::settings_ptr clinic{};
    std::string locale{};

    problem_subject subject() const { return {locale, clinic ? &clinic->set : nullptr}; }
  };

  /// `session` is how long a browser keeps the redeem key's cookie. `tokens` must outlive the object.
  redeem_answers(session_tokens& tokens, patient_links links, std::chrono::seconds session);

  /// The session's token and the way to the assessment; 503 if the key that signs it is no longer loaded.
  response opened(const store::invite_ref& ref, const store::redeem_outcome& outcome, const request& r,
                  const redeem_input& input);

  /// For every outcome except `redeemed`. A browser gets the page again if another answer may help.
  response refused(const store::redeem_outcome& outcome, const request& r, const redeem_input& input,
                   const known_invite& known);

  /// 422: the given answer cannot be one to this challenge.
  response misunderstood(const flaw& found, const store::invite_view& invite, const request& r,
                         const redeem_input& input, const known_invite& known);

  /// Any other problem. It names the clinic to call, if that is known.
  static response refuse(problem p, const request& r, bool form, const problem_subject& about = {});

private:
  response ask_again(const problem& p, const trouble& wrong, const store::invite_view& invite,
                     const request& r, const redeem_input& input, const known_invite& known);
  response lead_on(const store::redeem_outcome& outcome, std::string_view token, const request& r,
                   const redeem_input& input) const;
  std::string as_json(const store::redeem_outcome& outcome, std::string_view token) const;

  session_tokens& tokens_;
  patient_links links_;
  std::string assessment_origin_;
  std::string assessment_json_; ///< its URL as a JSON string
  time_zones zones_;
  redeem_cookie_writer cookies_;
};

} // namespace invited::handlers
