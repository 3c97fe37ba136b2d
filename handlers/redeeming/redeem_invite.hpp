#pragma once

#include "handlers/auth/actor.hpp"
#include "handlers/http/endpoint.hpp"
#include "handlers/pages/invite_page.hpp"
#include "handlers/pages/problem_page.hpp"
#include "handlers/redeeming/patient_links.hpp"
#include "handlers/redeeming/redeem_cookie.hpp"
#include "handlers/redeeming/redeem_input.hpp"
#include "handlers/time/time_zone.hpp"
#include "handlers/tokens/session_token.hpp"
#include "store/async/turn.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/providers.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// POST /invite/{invite_id}/redeem: opens an invite once. The same redeem key gets the same answer again
/// while the session lives. The answer to a form (a browser without script) is a redirect to the assessment,
/// or a page. If the invite asks for a fact, an answer that cannot be right (not a date, not a code, or
/// missing) is a 422 and costs no attempt.
class redeem_invite final : public endpoint {
public:
  /// References must outlive the object; all are this core's.
  redeem_invite(store::invites& invites, store::providers& providers, session_tokens& tokens,
                patient_links links, std::chrono::seconds session, turn& loop);
  task<response> handle(request& r) override;

private:
  /// What is known of an invite that did not open.
  struct known_invite {
    store::settings_ptr clinic{};
    std::string locale{};

    problem_subject subject() const { return {locale, clinic ? &clinic->set : nullptr}; }
  };

  static std::optional<store::invite_ref> read(const request& r, redeem_input& input, response& refused);
  task<known_invite> look_up(store::invite_ref ref, const store::result<store::redeem_outcome>& outcome,
                             const store::audit_actor& actor);
  task<store::settings_ptr> clinic_named(std::string_view provider_id);
  task<bool> understand(store::invite_ref ref, const store::audit_actor& actor, const request& r,
                        const redeem_input& input, std::optional<store::challenge>& given, response& refusal);
  response answer_to(const store::invite_ref& ref, const store::redeem_outcome& outcome, const request& r,
                     const redeem_input& input, const known_invite& known);
  response refused(const store::redeem_outcome& outcome, const request& r, const redeem_input& input,
                   const known_invite& known);
  response ask_again(const problem& p, const trouble& wrong, const store::invite_view& invite,
                     const request& r, const redeem_input& input, const known_invite& known);
  response opened(const store::redeem_outcome& outcome, std::string_view token, const request& r,
                  const redeem_input& input) const;
  std::string as_json(const store::redeem_outcome& outcome, std::string_view token) const;

  store::invites& invites_;
  store::providers& providers_;
  session_tokens& tokens_;
  patient_links links_;
  std::string assessment_origin_;
  std::string assessment_json_; ///< its URL as a JSON string
  time_zones zones_;
  redeem_cookie_writer cookies_;
  turn::rendezvous opened_; ///< opening an invite and answering are too much code for one stage
};

} // namespace invited::handlers
