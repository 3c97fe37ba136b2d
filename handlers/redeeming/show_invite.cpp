#include "handlers/redeeming/show_invite.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/http/accept.hpp"
#include "handlers/http/cookies.hpp"
#include "handlers/pages/invite_page.hpp"
#include "handlers/providers/provider_json.hpp"
#include "handlers/redeeming/mangled_link.hpp"
#include "handlers/redeeming/onlooker.hpp"
#include "handlers/redeeming/redeem_input.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"
#include "handlers/values/values.hpp"
#include "store/crypto/base64url.hpp"

namespace invited::handlers {
namespace {

response as_json(const store::invite_view& view, const store::provider_settings& clinic) {
  response out{.content_type = "application/json"};
  json_writer to(out.body);
  to.open_object();
  to.member("state", name_of(view.state));
  to.member("provider", clinic_texts(clinic));
  to.member("expires_at", time_text(view.expires_at));
  if (view.asks_for)
    to.member("challenge", text_members{{"kind", std::string(name_of(*view.asks_for))}});
  else
    to.null_member("challenge");
  to.member("locale", view.locale);
  to.close_object();
  return out;
}

/// To the link itself, for what a mail program took for a part of it. GET only: a form's address is ours.
response lead_on(const request& r) {
  const std::optional<std::string_view> id = id_before_junk(r.param);
  if (!id) return answer(no_such_invite(), r);
  response out{.status = 308};
  std::string target(*id); // relative (RFC 9110 §10.2.2), so that it also works behind a proxy's path
  if (!r.query.empty()) target.append("?").append(r.query);
  out.add("Location", target);
  return out;
}

/// The browser's redeem key; empty if it has none that is valid.
std::string_view key_of(const request& r) {
  const std::optional<std::string_view> key = find_cookie(r[field::cookie], redeem_cookie);
  return key && check_redeem_key(*key) ? *key : std::string_view();
}

} // namespace

show_invite::show_invite(store::invites& invites, store::providers& providers, store::entropy& random,
                         patient_links links, std::chrono::seconds session)
    : invites_(invites),
      providers_(providers),
      random_(random),
      assessment_origin_(origin_of(links.assessment_url)),
      cookies_(links, session) {}

task<response> show_invite::handle(request& r) {
  const std::optional<store::invite_id> id = store::parse_invite_id(r.param);
  if (!id) co_return lead_on(r);
  const store::invite_ref ref = store::ref_of(*id);
  const std::string_view key = key_of(r);
  const actor caller(r);
  const store::result<std::optional<store::invite_view>> found =
      co_await invites_.view(ref, key, somebody_looks(r), caller);
  if (!found) co_return answer(store_problem(found.error()), r);
  if (!*found) co_return answer(no_such_invite(), r);

  const store::invite_view& view = **found;
  const store::result<store::settings_ptr> settings =
      co_await providers_.get(view.provider_id, store::providers::clock::now());
  if (!settings) co_return answer(store_problem(settings.error()), r);
  response out = negotiate(r[field::accept]) == answer_type::html ? page(r, view, key, (*settings)->set)
                                                                  : as_json(view, (*settings)->set);
  out.add("Vary", "Accept, Cookie");
  out.provider = view.provider_id;
  out.ref = store::to_text(ref);
  co_return out;
}

response show_invite::page(const request& r, const store::invite_view& view, std::string_view redeem_key,
                           const store::provider_settings& clinic) {
  const local_time open_until = zones_.local(view.expires_at, clinic.time_zone);
  std::string made;
  if (redeem_key.empty()) {
    std::array<std::uint8_t, 24> bytes;
    random_.fill(bytes);
    made = store::base64url::encode(bytes);
    redeem_key = made;
  }
  const std::string below = std::string(r.param) + '/';
  response out = render_invite_page({.in = language_for(r, view.locale),
                                     .links = below,
                                     .invite = view,
                                     .open_until = open_until,
                                     .redeem_key = redeem_key,
                                     .assessment_origin = assessment_origin_,
                                     .clinic = &clinic});
  if (out.status == 200) out.add("Set-Cookie", cookies_.make(r.param, redeem_key));
  return out;
}

} // namespace invited::handlers
