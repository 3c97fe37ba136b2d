#include "handlers/redeeming/redeem_answers.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/fields/fields.hpp"
#include "handlers/providers/provider_json.hpp"
#include "handlers/redeeming/patient_json.hpp"
#include "handlers/text/json_text.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/text/number_text.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

/// The problem for each outcome except `redeemed`.
problem refusal(store::redeem_outcome::kind what) {
  using kind = store::redeem_outcome::kind;
  switch (what) {
  case kind::already_redeemed: return {409, "already_redeemed", "This invite has been used."};
  case kind::revoked: return {410, "revoked", "This invite was withdrawn."};
  case kind::replaced: return {410, "replaced", "This invite was replaced by a newer one."};
  case kind::expired: return {410, "expired", "This invite has expired."};
  case kind::lost:
    return {410, "lost", "This invite's right to redeem was lost. A new one can be made in its place."};
  case kind::wrong_answer: return {403, "wrong_answer", "This is not the right answer."};
  case kind::locked:
    return {423, "locked",
            "This invite is locked after too many wrong answers. Whoever made it can renew it."};
  default: return no_such_invite();
  }
}

problem wrong_content(const flaw& found) {
  return invalid_content({{"/answer", found.code, found.message}});
}

/// The keys were changed after the invite was opened and before the answer was made. The session exists.
problem signer_gone() {
  return {
      .status = 503,
      .code = "key_unavailable",
      .detail =
          "The key that signs this session is not loaded here any more. Try again with the same redeem key."};
}

/// The session's whole life in seconds. It does not count down, so a repeated answer has the same bytes.
std::int64_t expires_in(const store::session& s) {
  return s.expires_at / 1000 - s.redeemed_at / 1000;
}

} // namespace

redeem_answers::redeem_answers(session_tokens& tokens, patient_links links, std::chrono::seconds session)
    : tokens_(tokens),
      links_(std::move(links)),
      assessment_origin_(origin_of(links_.assessment_url)),
      cookies_(links_, session) {
  append_json_string(assessment_json_, links_.assessment_url);
}

response redeem_answers::refuse(problem p, const request& r, bool form, const problem_subject& about) {
  if (form) return answer_page(p, r, about);
  if (about.clinic != nullptr) p.extra.push_back({"provider", clinic_texts(*about.clinic)});
  return answer(p, r);
}

response redeem_answers::opened(const store::invite_ref& ref, const store::redeem_outcome& outcome,
                                const request& r, const redeem_input& input) {
  const store::session& s = outcome.opened;
  const session_claims claims{to_text(ref), s.redeemed_at / 1000, s.expires_at / 1000, s.jti};
  const boost::system::result<std::string> token = tokens_.mint(s.signed_under, claims);
  response out = token ? lead_on(outcome, *token, r, input) : refuse(signer_gone(), r, input.form);
  out.provider = outcome.provider_id;
  return out;
}

response redeem_answers::refused(const store::redeem_outcome& outcome, const request& r,
                                 const redeem_input& input, const known_invite& known) {
  using kind = store::redeem_outcome::kind;
  if (!outcome.seen) return refuse(refusal(outcome.what), r, input.form, known.subject());
  store::invite_view invite = *outcome.seen;
  invite.locked = outcome.attempts_left == 0; // this answer may just have locked it
  if (outcome.what == kind::answer_required) {
    const flaw missing{"required",
                       "This invite asks for a fact; challenge in GET /invite/{invite_id} says which."};
    return misunderstood(missing, invite, r, input, known);
  }
  problem p = refusal(outcome.what);
  if (outcome.what == kind::wrong_answer) p.extra = {{"remaining_attempts", outcome.attempts_left}};
  return ask_again(p, {p.code, outcome.attempts_left}, invite, r, input, known);
}

response redeem_answers::misunderstood(const flaw& found, const store::invite_view& invite, const request& r,
                                       const redeem_input& input, const known_invite& known) {
  return ask_again(wrong_content(found), {found.code}, invite, r, input, known);
}

response redeem_answers::ask_again(const problem& p, const trouble& wrong, const store::invite_view& invite,
                                   const request& r, const redeem_input& input, const known_invite& known) {
  response out;
  if (input.form) {
    const store::provider_settings* const clinic = known.subject().clinic;
    const local_time open_until =
        zones_.local(invite.expires_at, clinic ? std::string_view(clinic->time_zone) : std::string_view());
    // The links are relative to .../{invite_id}/redeem, where the browser is now.
    out = render_invite_page({.in = language_for(r, invite.locale),
                              .links = "",
                              .invite = invite,
                              .open_until = open_until,
                              .redeem_key = input.redeem_key,
                              .assessment_origin = assessment_origin_,
                              .wrong = &wrong,
                              .clinic = clinic});
    out.status = p.status;
  } else {
    out = refuse(p, r, false, known.subject());
  }
  out.provider = invite.provider_id;
  return out;
}

response redeem_answers::lead_on(const store::redeem_outcome& outcome, std::string_view token,
                                 const request& r, const redeem_input& input) const {
  if (!input.form) return {.content_type = "application/json", .body = as_json(outcome, token)};
  // The fragment stays in the browser, so the token reaches no server, log or Referer (RFC 6749 §4.2.2).
  std::string location = links_.assessment_url;
  location += "#access_token=";
  location += token;
  location += "&token_type=Bearer&expires_in=";
  location += std::to_string(expires_in(outcome.opened));
  response out{.status = 303};
  out.add("Location", location);
  if (!input.redeem_key.empty()) out.add("Set-Cookie", cookies_.make(r.param, input.redeem_key));
  return out;
}

/// By hand, because a redeem is the hot path: what each answer has in common is ready.
std::string redeem_answers::as_json(const store::redeem_outcome& outcome, std::string_view token) const {
  constexpr std::size_t usual_patient = 384; // bytes of the answer without token and URL
  std::string out;
  out.reserve(token.size() + assessment_json_.size() + usual_patient);
  out += R"({"access_token":")";
  out += token;
  out += R"(","token_type":"Bearer","expires_in":)";
  append_number(out, expires_in(outcome.opened));
  out += R"(,"expires_at":")";
  append_time(out, outcome.opened.expires_at);
  out += R"(","assessment_url":)";
  out += assessment_json_;
  out += R"(,"patient":)";
  {
    json_writer patient(out);
    write_patient(patient, outcome.record.person);
  }
  out += '}';
  return out;
}

} // namespace invited::handlers
