#include "handlers/tokens/staff_token.hpp"

#include "handlers/text/json_writer.hpp"
#include "handlers/tokens/errc.hpp"
#include "handlers/tokens/jwt.hpp"
#include "handlers/tokens/session_token.hpp"
#include "handlers/tokens/staff_claims.hpp"
#include "store/crypto/base64url.hpp"
#include "store/crypto/digest.hpp"

#include <algorithm>
#include <utility>

namespace invited::handlers {
namespace {

/// One provider as a string, several as a list.
void write_providers(json_writer& to, const std::vector<std::string>& providers) {
  if (providers.size() == 1) return to.text_member("provider_id", providers.front());
  to.name("provider_id");
  to.open_array();
  for (const std::string& provider : providers) to.text(provider);
  to.close_array();
}

std::string payload_of(const staff_claims& claims) {
  std::string out;
  json_writer to(out);
  to.open_object();
  to.text_member("sub", claims.subject);
  to.text_member("role", claims.role);
  if (!claims.providers.empty()) write_providers(to, claims.providers);
  if (!claims.issuer.empty()) to.member("iss", claims.issuer);
  if (!claims.audience.empty()) to.member("aud", claims.audience);
  if (!claims.name.empty()) to.member("name", claims.name);
  if (claims.account_epoch) to.member(account_epoch_claim, claims.account_epoch);
  to.member("iat", claims.issued_at);
  to.member("exp", claims.expires_at);
  to.close_object();
  return out;
}

/// Judges the payload by the clock and the rules.
boost::system::error_code judge(const parsed_claims& claims, const staff_token_rules& rules,
                                std::int64_t now) {
  const auto latest = static_cast<double>(now + staff_verifier::leeway);
  if (claims.who.expires_at <= now) return token_errc::expired;
  if (claims.not_before.value_or(0) > latest || claims.issued_at.value_or(0) > latest)
    return token_errc::not_yet_valid;
  if (!rules.issuer.empty() && claims.who.issuer != rules.issuer) return token_errc::wrong_issuer;
  if (!rules.audience.empty() && std::ranges::find(claims.audience, rules.audience) == claims.audience.end())
    return token_errc::wrong_audience;
  return {};
}

} // namespace

std::string mint_staff_token(std::string_view secret, const staff_claims& claims) {
  using namespace store;
  std::string token = base64url::encode(as_bytes(R"({"alg":"HS256","typ":"JWT"})"));
  token += '.';
  base64url::append(token, as_bytes(payload_of(claims)));
  const bytes32 signature = hmac_sha256(as_bytes(secret))({as_bytes(token)});
  token += '.';
  base64url::append(token, signature);
  return token;
}

staff_verifier::staff_verifier(std::shared_ptr<const staff_keys> keys, staff_token_rules rules,
                               system_seconds clock)
    : keys_(std::move(keys)), rules_(std::move(rules)), clock_(std::move(clock)) {
  for (const staff_keys::key& key : keys_->all()) checkers_.push_back(make_signature_checker(key));
}

boost::system::result<principal> staff_verifier::verify(std::string_view token) {
  boost::system::result<jws> parsed = parse_jws(token);
  if (!parsed) return parsed.error();
  if (is_type(*parsed, session_token_type)) return token_errc::wrong_kind;
  const boost::system::result<std::uint32_t> signed_by = check_signature(*parsed);
  if (!signed_by) return signed_by.error();

  boost::system::result<parsed_claims> claims = parse_staff_claims(parsed->payload);
  if (!claims) return claims.error();
  if (const auto failed = judge(*claims, rules_, clock_())) return failed;
  claims->who.signed_by = *signed_by;
  return std::move(claims->who);
}

boost::system::result<std::uint32_t> staff_verifier::check_signature(const jws& token) {
  const std::optional<jws_algorithm> algorithm = jws_algorithm_named(token.algorithm);
  if (!algorithm) return token_errc::unsupported_algorithm;
  const auto keys = keys_->all();
  // A kid that names one of our keys narrows the choice to it. Any other kid may be the issuer's name for one
  // of our keys.
  const bool named =
      !token.key.empty() && std::ranges::find(keys, token.key, &staff_keys::key::id) != keys.end();
  bool tried = false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].algorithm != *algorithm || (named && keys[i].id != token.key)) continue;
    if (checkers_[i]->check(token.signing_input, token.signature)) return static_cast<std::uint32_t>(i);
    tried = true;
  }
  return tried ? token_errc::bad_signature : token_errc::unsupported_algorithm;
}

} // namespace invited::handlers
