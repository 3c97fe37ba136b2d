#include "handlers/redeeming/redeem_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/fields/fields.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/pages/invite_page.hpp"
#include "handlers/providers/provider_json.hpp"
#include "handlers/redeeming/patient_json.hpp"
#include "handlers/redeeming/redeem_input.hpp"
#include "handlers/text/json_text.hpp"
#include "handlers/text/number_text.hpp"
#include "handlers/time/time_text.hpp"
#include "handlers/values/challenge_input.hpp"

namespace invited::handlers {
namespace {

/// What each outcome but `redeemed` is to the caller.
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

/// The keys were changed between the claim and the answer; the session is there.
problem signer_gone() {
  return {
      .status = 503,
      .code = "key_unavailable",
      .detail =
          "The key that signs this session is not loaded here any more. Try again with the same redeem key."};
}

bool is_open(const store::result<store::redeem_outcome>& outcome) {
  return outcome && outcome->what == store::redeem_outcome::kind::redeemed;
}

/// Whole seconds of the session's life as it was at the start, so that a repeated answer is the same.
std::int64_t expires_in(const store::session& s) {
  return s.expires_at / 1000 - s.redeemed_at / 1000;
}

/// Who sent a form sees the answer in a browser, whatever its Accept says. Either is told whom to call.
response refuse(problem p, const request& r, bool form, const problem_subject& about = {}) {
  if (form) return answer_page(p, r, about);
  if (about.clinic != nullptr) {
    p.extra += ",\"provider\":";
    append_clinic(p.extra, *about.clinic);
  }
  return answer(p, r);
}

} // namespace

redeem_invite::redeem_invite(store::invites& invites, store::providers& providers, session_tokens& tokens,
                             patient_links links, std::chrono::seconds session, turn& loop)
    : invites_(invites),
      providers_(providers),
      tokens_(tokens),
      links_(std::move(links)),
      assessment_origin_(origin_of(links_.assessment_url)),
      cookies_(links_, session),
      opened_(loop) {
  append_json_string(assessment_json_, links_.assessment_url);
}

task<response> redeem_invite::handle(request& r) {
  redeem_input input;
  response out;
  const std::optional<store::invite_ref> ref = read(r, input, out);
  if (!ref) co_return out;

  const actor caller(r);
  const store::audit_actor actor = caller; // named, for it must live as long as what is awaited
  std::optional<store::challenge> given;
  bool understood = true;
  if (!input.answer.empty()) understood = co_await understand(*ref, actor, r, input, given, out);
  if (understood) {
    task<store::result<store::redeem_outcome>> opening =
        invites_.redeem(*ref, input.redeem_key, given ? &*given : nullptr, actor);
    const store::result<store::redeem_outcome>& outcome = co_await opening;
    co_await opened_;
    known_invite known;
    if (!is_open(outcome)) known = co_await look_up(*ref, outcome, actor);
    out = outcome ? answer_to(*ref, *outcome, r, input, known)
                  : refuse(store_problem(outcome.error()), r, input.form, known.subject());
  }
  out.set_ref(*ref);
  co_return out;
}

/// Which invite, and what is said to it; or nothing, and the refusal. Not in the coroutine, whose frame would
/// have room for each of its problems and answers.
std::optional<store::invite_ref> redeem_invite::read(const request& r, redeem_input& input,
                                                     response& refused) {
  if (const auto p = read_redeem(r, input)) {
    refused = refuse(*p, r, input.form);
    if (p->status == 415) refused.add("Accept", accepted_json_or_form);
    return {};
  }
  const std::optional<store::invite_id> id = store::parse_invite_id(r.param);
  if (id) return store::ref_of(*id);
  refused = refuse(refusal(store::redeem_outcome::kind::unknown), r, input.form);
  return {};
}

/// What the holder of a link that does not open is told of it; nothing where that cannot be found out.
task<redeem_invite::known_invite> redeem_invite::look_up(store::invite_ref ref,
                                                         const store::result<store::redeem_outcome>& outcome,
                                                         const store::audit_actor& actor) {
  known_invite known;
  const bool can_tell = outcome ? outcome->what != store::redeem_outcome::kind::unknown
                                : outcome.error() == store::errc::key_unavailable; // else the store is away
  if (!can_tell) co_return known;
  std::optional<store::invite_view> seen;
  if (outcome) seen = outcome->seen;
  if (!seen) {
    const store::result<std::optional<store::invite_view>> found =
        co_await invites_.view(ref, "", false, actor);
    if (found) seen = *found;
  }
  if (!seen) co_return known;
  known.locale = seen->locale;
  known.clinic = co_await clinic_named(seen->provider_id);
  co_return known;
}

/// Null where that cannot be found out.
task<store::settings_ptr> redeem_invite::clinic_named(std::string_view provider_id) {
  const store::providers::clock::time_point now = store::providers::clock::now();
  if (store::settings_ptr known = providers_.known(provider_id, now)) co_return known;
  const store::result<store::settings_ptr> found = co_await providers_.read(provider_id, now);
  co_return found ? *found : nullptr;
}

/// How an answer reads depends on what was asked, and on a page in which language: a call more, which only
/// those pay who answer. False: the call is over, and `refusal` the answer to it.
task<bool> redeem_invite::understand(store::invite_ref ref, const store::audit_actor& actor, const request& r,
                                     const redeem_input& input, std::optional<store::challenge>& given,
                                     response& refusal) {
  const store::result<std::optional<store::invite_view>> seen = co_await invites_.view(ref, "", false, actor);
  if (!seen) {
    refusal = refuse(store_problem(seen.error()), r, input.form);
    co_return false;
  }
  const bool open = *seen && (*seen)->state == store::invite_state::pending && !(*seen)->locked;
  if (!open || !(*seen)->asks_for) co_return true; // ignored, or refused for another reason
  const store::invite_view& invite = **seen;
  std::optional<date_style> style;
  if (input.form) style = date_style_of(invite.locale);
  given.emplace(store::challenge{*invite.asks_for, {}});
  const std::optional<flaw> found = read_given_answer(given->kind, input.answer, style, given->answer);
  if (!found) co_return true;
  known_invite known;
  known.locale = invite.locale;
  known.clinic = co_await clinic_named(invite.provider_id);
  refusal = ask_again(wrong_content(*found), {found->code}, invite, r, input, known);
  co_return false;
}

response redeem_invite::answer_to(const store::invite_ref& ref, const store::redeem_outcome& outcome,
                                  const request& r, const redeem_input& input, const known_invite& known) {
  if (outcome.what != store::redeem_outcome::kind::redeemed) return refused(outcome, r, input, known);
  const store::session& s = outcome.opened;
  const session_claims claims{to_text(ref), s.redeemed_at / 1000, s.expires_at / 1000, s.jti};
  const boost::system::result<std::string> token = tokens_.mint(s.signed_under, claims);
  response out = token ? opened(outcome, *token, r, input) : refuse(signer_gone(), r, input.form);
  out.provider = outcome.provider_id;
  return out;
}

response redeem_invite::refused(const store::redeem_outcome& outcome, const request& r,
                                const redeem_input& input, const known_invite& known) {
  using kind = store::redeem_outcome::kind;
  if (!outcome.seen) return refuse(refusal(outcome.what), r, input.form, known.subject());
  store::invite_view invite = *outcome.seen;
  invite.locked = outcome.attempts_left == 0; // it may be only just now
  if (outcome.what == kind::answer_required) {
    const flaw missing{"required",
                       "This invite asks for a fact; challenge in GET /invite/{invite_id} says which."};
    return ask_again(wrong_content(missing), {missing.code}, invite, r, input, known);
  }
  problem p = refusal(outcome.what);
  if (outcome.what == kind::wrong_answer)
    p.extra = ",\"remaining_attempts\":" + std::to_string(outcome.attempts_left);
  return ask_again(p, {p.code, outcome.attempts_left}, invite, r, input, known);
}

/// A browser gets the page again, which says what was wrong.
response redeem_invite::ask_again(const problem& p, const trouble& wrong, const store::invite_view& invite,
                                  const request& r, const redeem_input& input, const known_invite& known) {
  response out;
  if (input.form) {
    const store::provider_settings* const clinic = known.subject().clinic;
    const local_time open_until =
        zones_.local(invite.expires_at, clinic ? std::string_view(clinic->time_zone) : std::string_view());
    // Seen from .../{invite_id}/redeem, where a browser now is.
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

response redeem_invite::opened(const store::redeem_outcome& outcome, std::string_view token, const request& r,
                               const redeem_input& input) const {
  if (!input.form) return {.content_type = "application/json", .body = as_json(outcome, token)};
  // The fragment stays in the browser: no server, log or Referer gets to see the token (RFC 6749 §4.2.2).
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

std::string redeem_invite::as_json(const store::redeem_outcome& outcome, std::string_view token) const {
  constexpr std::size_t usual_patient = 384; // bytes, with all but token and URL
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
  append_patient(out, outcome.record.person);
  out += '}';
  return out;
}

} // namespace invited::handlers
