#include "handlers/redeeming/read_session.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/auth/bearer.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/redeeming/patient_json.hpp"
#include "handlers/text/json_text.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

response as_json(const std::string& ref, const store::open_session& session) {
  response out{.content_type = "application/json"};
  out.ref = ref;
  out.provider = session.provider_id;
  out.body = R"({"ref":")";
  out.body += ref;
  out.body += R"(","provider_id":)";
  append_json_string(out.body, session.provider_id);
  out.body += R"(,"patient":)";
  append_patient(out.body, session.record.person);
  out.body += R"(,"redeemed_at":")";
  append_time(out.body, session.opened.redeemed_at);
  out.body += R"(","expires_at":")";
  append_time(out.body, session.opened.expires_at);
  out.body += "\"}";
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
