#include "handlers/pages/invite_page.hpp"

#include "handlers/pages/endings.hpp"
#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "handlers/pages/page.hpp"
#include "handlers/pages/question.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

std::string moment_text(const invite_page& shown) {
  std::string out;
  shown.in.texts->append_moment(out, shown.open_until);
  return out;
}

html who_invites(const store::provider_settings* clinic, const page_texts& texts) {
  if (clinic == nullptr || clinic->name.empty()) return escaped(texts.invite.invites_by);
  return filled(texts.invite.invites, slot<"clinic">(clinic_name(*clinic)));
}

/// Forms lead to relative addresses, so that they also work behind a proxy's path.
std::string redeem_action(const invite_page& shown) {
  return form_action(shown.links, "redeem", shown.in);
}

html invitation(const invite_page& shown) {
  const page_texts& texts = *shown.in.texts;
  const auto& words = texts.invite;
  const bool asks = shown.invite.asks_for.has_value();
  return fill<files::invite, "main">(
      slot<"sign">(draw(icon::letter)), slot<"heading">(words.heading),
      slot<"invites">(who_invites(shown.clinic, texts)), slot<"open_until">(words.open_until),
      slot<"time">(time_text(shown.invite.expires_at)), slot<"moment">(moment_text(shown)),
      slot<"action">(redeem_action(shown)), slot<"redeem_key">(shown.redeem_key),
      slot<"question">(asks ? question(shown) : html()), slot<"start">(words.start), slot<"next">(words.next),
      slot<"press">(asks ? words.answer_and_press : words.press), slot<"once">(words.once),
      slot<"interrupted">(words.interrupted), slot<"not_for_you">(words.not_for_you));
}

html go_on(const invite_page& shown) {
  const page_texts& texts = *shown.in.texts;
  return fill<files::again, "main">(slot<"sign">(draw(icon::tick)), slot<"heading">(texts.again.heading),
                                    slot<"text">(texts.again.text), slot<"action">(redeem_action(shown)),
                                    slot<"redeem_key">(shown.redeem_key), slot<"go_on">(texts.go_on));
}

} // namespace

response render_invite_page(const invite_page& shown) {
  // Browsers hold redirects against form-action, too. Without its origin the browser would block the
  // assessment when the invite is spent already (CSP 3 §6.4.1).
  std::string leads_to = "'self'";
  if (!shown.assessment_origin.empty()) (leads_to += ' ') += shown.assessment_origin;
  const page_texts& texts = *shown.in.texts;
  const store::invite_view& invite = shown.invite;
  const page_frame frame{shown.in, shown.clinic};
  if (invite.own_session) return whole_page(200, frame, go_on(shown), {.form_action = leads_to});
  const bool open = invite.state == store::invite_state::pending;
  const std::optional<shown_ending> end =
      ending_named(open && invite.locked ? "locked" : name_of(invite.state), texts);
  if (!end) return whole_page(200, frame, invitation(shown), {.form_action = leads_to});
  return whole_page(open ? 200 : 410, frame, ended_main(*end, shown.links, shown.in),
                    {.form_action = "'self'"});
}

} // namespace invited::handlers
