#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/http/endpoint.hpp"
#include "handlers/redeeming/redeem_answers.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "handlers/values/challenge_input.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/providers.hpp"

#include <optional>
#include <string_view>

namespace invited::handlers {

/// POST /invite/{invite_id}/redeem: opens an invite once. The same redeem key gets the same answer again
/// while the session lives. The answer to a form (a browser without script) is a redirect to the assessment,
/// or a page. If the invite has a challenge, an answer that cannot be right (not a date, not a code, or
/// missing) is a 422 and costs no attempt.
class redeem_invite final : public endpoint {
public:
  /// References must outlive the object; all are this core's.
  redeem_invite(store::invites& invites, store::providers& providers, session_tokens& tokens,
                patient_links links, std::chrono::seconds session, system_seconds clock);
  task<response> handle(request& r) override;

private:
  using known_invite = redeem_answers::known_invite;
  struct call {
    store::invite_ref ref;
    redeem_input input;
  };

  static step<call> read(const request& r);
  task<step<std::optional<given_answer>>> understand(const call& asked, const store::audit_actor& actor,
                                                     const request& r);
  task<known_invite> look_up(store::invite_ref ref, const store::result<store::redeem_outcome>& outcome,
                             const store::audit_actor& actor);
  task<store::settings_ptr> clinic_named(std::string_view provider_id);
  response answer_to(const call& asked, const store::result<store::redeem_outcome>& outcome, const request& r,
                     const known_invite& known);

  store::invites& invites_;
  store::providers& providers_;
  redeem_answers answers_;
  system_seconds clock_; ///< of birth dates: what is today
};

} // namespace invited::handlers
