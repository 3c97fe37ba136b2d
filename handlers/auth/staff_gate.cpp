#include "handlers/auth/staff_gate.hpp"

#include "handlers/answer.hpp"
#include "handlers/auth/bearer.hpp"
#include "handlers/limits/rate_fields.hpp"

namespace invited::handlers {

staff_gate::staff_gate(staff_verifier& verifier, address_limiter& failures, system_seconds clock)
    : verifier_(verifier), failures_(failures), clock_(std::move(clock)) {}

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

response unauthorized(const request& r, boost::system::error_code why) {
  const auto e = static_cast<token_errc>(why.value());
  const problem p{.status = 401, .code = "unauthorized", .detail = std::string(detail_of(e))};
  response out = answer(p, r);
  out.add("WWW-Authenticate", challenge_for(e));
  return out;
}

} // namespace invited::handlers
