#include "handlers/redeeming/redeem_invite.hpp"

#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/values/challenge_input.hpp"

namespace invited::handlers {
namespace {

bool is_open(const store::result<store::redeem_outcome>& outcome) {
  return outcome && outcome->what == store::redeem_outcome::kind::redeemed;
}

/// Whether the holder of the link may learn more about the invite: the invite exists, or only the key of its
/// record is missing here.
bool may_tell(const store::result<store::redeem_outcome>& outcome) {
  if (!outcome) return outcome.error() == store::errc::key_unavailable; // any other error: Redis is away
  return outcome->what != store::redeem_outcome::kind::unknown;
}

} // namespace

redeem_invite::redeem_invite(store::invites& invites, store::providers& providers, session_tokens& tokens,
                             patient_links links, std::chrono::seconds session, system_seconds clock)
    : invites_(invites),
      providers_(providers),
      answers_(tokens, std::move(links), session),
      clock_(std::move(clock)) {}

task<response> redeem_invite::handle(request& r) {
  step<call> read = this->read(r);
  if (!read) co_return std::move(read).error();
  const auto& [ref, input] = *read;

  const actor caller(r);
  const store::audit_actor actor = caller; // named, because it must live as long as the calls below
  std::optional<given_answer> given;
  if (!input.answer.empty()) {
    step<std::optional<given_answer>> understood = co_await understand(*read, actor, r);
    if (!understood) {
      response refused = std::move(understood).error();
      refused.set_ref(ref);
      co_return refused;
    }
    given = *std::move(understood);
  }
  task<store::result<store::redeem_outcome>> opening =
      invites_.redeem(ref, input.redeem_key, given ? &given->answer : nullptr, actor,
                      given && given->older ? &*given->older : nullptr);
  const store::result<store::redeem_outcome>& outcome = co_await opening;
  known_invite known;
  if (!is_open(outcome)) known = co_await look_up(ref, outcome, actor);
  response out = answer_to(*read, outcome, r, known);
  out.set_ref(ref);
  co_return out;
}

/// Which invite, and what the caller gives. This is not part of the coroutine, because its frame would then
/// have room for each of these problems and answers.
step<redeem_invite::call> redeem_invite::read(const request& r) {
  result<redeem_input> input = read_redeem(r);
  if (!input) {
    const bool form = read_content_type(r[field::content_type]) == body_type::form;
    response out = redeem_answers::refuse(input.error(), r, form);
    if (out.status == 415) out.add("Accept", accepted_json_or_form);
    return out;
  }
  const std::optional<store::invite_id> id = store::parse_invite_id(r.param);
  if (!id) return redeem_answers::refuse(no_such_invite(), r, input->form);
  return call{store::ref_of(*id), *std::move(input)};
}

/// What the holder of a link that does not open learns about it; nothing if the store does not say.
task<redeem_answers::known_invite> redeem_invite::look_up(store::invite_ref ref,
                                                          const store::result<store::redeem_outcome>& outcome,
                                                          const store::audit_actor& actor) {
  known_invite known;
  if (!may_tell(outcome)) co_return known;
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

/// Null if the store does not say.
task<store::settings_ptr> redeem_invite::clinic_named(std::string_view provider_id) {
  const store::result<store::settings_ptr> found =
      co_await providers_.get(provider_id, store::providers::clock::now());
  co_return found ? *found : nullptr;
}

/// The kind of challenge decides how an answer is read, and on a page the language, too. That takes another
/// call to Redis, so it is made only when there is an answer. Nothing if the invite has no challenge, or will
/// be refused for another reason.
task<step<std::optional<given_answer>>>
redeem_invite::understand(const call& asked, const store::audit_actor& actor, const request& r) {
  using given = std::optional<given_answer>;
  const redeem_input& input = asked.input;
  const store::result<std::optional<store::invite_view>> seen =
      co_await invites_.view(asked.ref, "", false, actor);
  if (!seen) co_return redeem_answers::refuse(store_problem(seen.error()), r, input.form);
  const bool open = *seen && (*seen)->state == store::invite_state::pending && !(*seen)->locked;
  if (!open || !(*seen)->asks_for) co_return given();
  const store::invite_view& invite = **seen;
  std::optional<date_style> style;
  if (input.form) style = date_style_of(invite.locale);
  checked<given_answer> read = read_given_answer(*invite.asks_for, input.answer, style, clock_());
  if (read) co_return given(*std::move(read));
  known_invite known;
  known.locale = invite.locale;
  known.clinic = co_await clinic_named(invite.provider_id);
  co_return answers_.misunderstood(read.error(), invite, r, input, known);
}

response redeem_invite::answer_to(const call& asked, const store::result<store::redeem_outcome>& outcome,
                                  const request& r, const known_invite& known) {
  if (!outcome)
    return redeem_answers::refuse(store_problem(outcome.error()), r, asked.input.form, known.subject());
  if (is_open(outcome)) return answers_.opened(asked.ref, *outcome, r, asked.input);
  return answers_.refused(*outcome, r, asked.input, known);
}

} // namespace invited::handlers
