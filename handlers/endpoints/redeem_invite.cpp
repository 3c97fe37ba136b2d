#include "handlers/endpoints/redeem_invite.hpp"

#include "handlers/answer.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/endpoints/patient_json.hpp"
#include "handlers/http/json_text.hpp"
#include "handlers/http/time_text.hpp"
#include "handlers/input/content_type.hpp"
#include "handlers/input/redeem_input.hpp"
#include "handlers/store_problem.hpp"

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
  default: return no_such_invite();
  }
}

/// The keys were changed between the claim and the answer; the session is there.
problem signer_gone() {
  return {
      .status = 503,
      .code = "key_unavailable",
      .detail =
          "The key that signs this session is not loaded here any more. Try again with the same redeem key."};
}

/// Whole seconds of the session's life as it was at the start, so that a repeated answer is the same.
std::int64_t expires_in(const store::session& s) {
  return s.expires_at / 1000 - s.redeemed_at / 1000;
}

/// Who sent a form sees the answer in a browser, whatever its Accept says.
response refuse(const problem& p, const request& r, bool form,
                const store::provider_settings* clinic = nullptr) {
  return form ? answer_page(p, r, clinic) : answer(p, r);
}

} // namespace

redeem_invite::redeem_invite(store::invites& invites, store::providers& providers, session_tokens& tokens,
                             patient_links links, std::chrono::seconds session)
    : invites_(invites),
      providers_(providers),
      tokens_(tokens),
      links_(std::move(links)),
      cookies_(links_, session) {}

task<response> redeem_invite::handle(request& r) {
  redeem_input input;
  if (const auto p = read_redeem(r, input)) {
    response out = refuse(*p, r, input.form);
    if (p->status == 415) out.add("Accept", accepted_json_or_form);
    co_return out;
  }
  const std::optional<store::invite_id> id = store::parse_invite_id(r.param);
  if (!id) co_return refuse(refusal(store::redeem_outcome::kind::unknown), r, input.form);
  const store::invite_ref ref = store::ref_of(*id);

  const actor by(r);
  const store::result<store::redeem_outcome> outcome =
      co_await invites_.redeem(ref, input.redeem_key, nullptr, by);
  std::string name = to_text(ref);
  response out;
  if (!outcome) {
    out = refuse(store_problem(outcome.error()), r, input.form);
  } else if (outcome->what != store::redeem_outcome::kind::redeemed) {
    store::settings_ptr clinic;
    if (input.form) clinic = co_await clinic_of(ref);
    out = refuse(refusal(outcome->what), r, input.form, clinic ? &clinic->set : nullptr);
  } else {
    const store::session& s = outcome->opened;
    const session_claims claims{name, s.redeemed_at / 1000, s.expires_at / 1000, s.jti};
    const boost::system::result<std::string> token = tokens_.mint(s.signed_under, claims);
    out = token ? opened(*outcome, *token, r, input) : refuse(signer_gone(), r, input.form);
    out.provider = outcome->provider_id;
  }
  out.ref = std::move(name);
  co_return out;
}

/// Whom the holder of a link that is over may turn to; null where that cannot be found out.
task<store::settings_ptr> redeem_invite::clinic_of(store::invite_ref ref) {
  const store::result<std::optional<store::invite_view>> seen = co_await invites_.view(ref, "", false);
  if (!seen || !*seen) co_return nullptr;
  const store::providers::clock::time_point now = store::providers::clock::now();
  const store::result<store::settings_ptr> found = co_await providers_.read((*seen)->provider_id, now);
  co_return found ? *found : nullptr;
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
  std::string out = R"({"access_token":")";
  out += token;
  out += R"(","token_type":"Bearer","expires_in":)";
  out += std::to_string(expires_in(outcome.opened));
  out += R"(,"expires_at":")";
  append_time(out, outcome.opened.expires_at);
  out += R"(","assessment_url":)";
  append_json_string(out, links_.assessment_url);
  out += R"(,"patient":)";
  append_patient(out, outcome.record.person);
  out += '}';
  return out;
}

} // namespace invited::handlers
