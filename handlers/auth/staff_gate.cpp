#include "handlers/auth/staff_gate.hpp"

#include "handlers/answer.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/auth/bearer.hpp"
#include "handlers/limits/rate_fields.hpp"

namespace invited::handlers {

namespace {

problem not_for(role r) {
  return {.status = 403,
          .code = "forbidden",
          .detail = "The role " + std::string(name_of(r)) + " may not do this."};
}

} // namespace

staff_gate::staff_gate(staff_verifier& verifier, address_limiter& failures, store::audit_log& audit,
                       system_seconds clock)
    : verifier_(verifier), failures_(failures), audit_(audit), clock_(std::move(clock)) {}

std::shared_ptr<const principal> staff_gate::admit(const request& r, response& refused) {
  // A token that was verified needs no second look at its characters.
  constexpr std::string_view usual = "Bearer ";
  const std::string_view credentials = r[field::authorization];
  if (credentials.starts_with(usual)) {
    if (auto known = verified_.find(credentials.substr(usual.size()), clock_())) return known;
  }
  const boost::system::result<std::string_view> token = bearer_token(credentials);
  if (!token) {
    refused = unauthorized(r, token.error());
    return nullptr;
  }
  if (auto known = verified_.find(*token, clock_())) return known;
  return verify(*token, r, refused);
}

std::shared_ptr<const principal> staff_gate::verify(std::string_view token, const request& r,
                                                    response& refused) {
  const auto now = address_limiter::clock::now();
  if (const auto wait = failures_.peek(r.client, now)) {
    ++refused_addresses_;
    const problem p{
        .status = 429, .code = "rate_limited", .detail = "Too many refused tokens from this address."};
    refused = answer(p, r);
    add_retry_after(refused, std::chrono::ceil<std::chrono::milliseconds>(*wait));
    return nullptr;
  }
  boost::system::result<principal> who = verifier_.verify(token);
  if (!who) {
    // Only what was never signed by us: a colleague's expired token must not lock out all behind one address.
    if (who.error() == token_errc::bad_signature) failures_.admit(r.client, now);
    refused = unauthorized(r, who.error());
    return nullptr;
  }
  auto kept = std::make_shared<const principal>(std::move(*who));
  verified_.put(token, kept, clock_());
  return kept;
}

problem foreign_provider() {
  return {
      .status = 403, .code = "foreign_provider", .detail = "This token may not act for this provider_id."};
}

task<response> staff_gate::refuse_foreign(const principal& who, const request& r) {
  return refuse(foreign_provider(), who, r);
}

task<response> staff_gate::refuse_role(const principal& who, const request& r) {
  return refuse(not_for(who.role), who, r);
}

task<response> staff_gate::refuse(problem p, const principal& who, const request& r) {
  if (!who.providers.empty()) {
    const actor by(who, r);
    const store::audit_actor actor = by;
    const std::string_view provider = who.providers.front();
    // Refused it is in any case, also where the store is away.
    static_cast<void>(co_await audit_.note(provider, store::audit_action::refused, actor, p.code));
  }
  co_return answer(p, r);
}

response unauthorized(const request& r, boost::system::error_code why) {
  const auto e = static_cast<token_errc>(why.value());
  const problem p{.status = 401, .code = "unauthorized", .detail = std::string(detail_of(e))};
  response out = answer(p, r);
  out.add("WWW-Authenticate", challenge_for(e));
  return out;
}

} // namespace invited::handlers
