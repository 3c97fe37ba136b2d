#include "handlers/redeeming/read_session.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/auth/bearer.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/redeeming/patient_json.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

response as_json(const std::string& ref, const store::open_session& session) {
  response out{.content_type = "application/json"};
  out.ref = ref;
  out.provider = session.provider_id;
  json_writer to(out.body);
  to.open_object();
  to.member("ref", ref);
  to.member("provider_id", session.provider_id);
  to.name("patient");
  write_patient(to, session.record.person);
  to.member("redeemed_at", time_text(session.opened.redeemed_at));
  to.member("expires_at", time_text(session.opened.expires_at));
  to.close_object();
  return out;
}

} // namespace

read_session::read_session(store::invites& invites, session_tokens& tokens)
    : invites_(invites), tokens_(tokens) {}

task<response> read_session::handle(request& r) {
  const boost::system::result<std::string_view> token = bearer_token(r[field::authorization]);
  if (!token) co_return unauthorized(r, token.error());
  const boost::system::result<session_claims> claims = tokens_.verify(*token);
  if (!claims) co_return unauthorized(r, claims.error());
  const std::optional<store::invite_ref> ref = store::parse_invite_ref(claims->ref);
  if (!ref) co_return unauthorized(r, token_errc::bad_claims);

  const actor caller(r);
  const store::result<std::optional<store::open_session>> found =
      co_await invites_.find_session(*ref, claims->jti, caller);
  if (!found) co_return answer(store_problem(found.error()), r);
  if (!*found) co_return unauthorized(r, token_errc::expired); // ended before its time
  co_return as_json(claims->ref, **found);
}

} // namespace invited::handlers
