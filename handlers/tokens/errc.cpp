#include "handlers/tokens/errc.hpp"

#include <string>

namespace invited::handlers {
namespace {

class category final : public boost::system::error_category {
public:
  const char* name() const noexcept override { return "invited.token"; }
  std::string message(int value) const override {
    return std::string(detail_of(static_cast<token_errc>(value)));
  }
};

} // namespace

const boost::system::error_category& token_error_category() noexcept {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(token_errc e) noexcept {
  return {static_cast<int>(e), token_error_category()};
}

std::string_view detail_of(token_errc e) {
  switch (e) {
  case token_errc::missing: return "A bearer token is required.";
  case token_errc::malformed: return "The bearer token is not a well-formed JWT.";
  case token_errc::too_long: return "The bearer token is too long: it may have 8192 bytes.";
  case token_errc::unsupported_algorithm: return "The token's algorithm is not accepted here.";
  case token_errc::bad_signature: return "The token's signature is not valid.";
  case token_errc::wrong_kind: return "This call does not accept this kind of token.";
  case token_errc::bad_claims: return "A claim of the token is missing or not valid.";
  case token_errc::expired: return "The token has expired.";
  case token_errc::not_yet_valid: return "The token is not valid yet.";
  case token_errc::wrong_issuer: return "The token is from another issuer.";
  case token_errc::wrong_audience: return "The token is for another audience.";
  case token_errc::signed_out: return "This sign-in has ended. Sign in again.";
  }
  return "The token is not valid.";
}

std::string_view challenge_for(token_errc e) {
  // The scheme must be followed by at least one parameter, so there is a realm if there is no error to name.
  return e == token_errc::missing ? R"(Bearer realm="invited")" : R"(Bearer error="invalid_token")";
}

} // namespace invited::handlers
