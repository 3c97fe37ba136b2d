#pragma once

#include <boost/system/error_code.hpp>

#include <string_view>
#include <type_traits>

namespace invited::handlers {

/// Why a request is not admitted. The caller gets 401 `unauthorized` for all of them. The difference is in
/// the detail text, for operators who set up keys.
enum class token_errc {
  missing = 1,           ///< no bearer token was sent
  malformed,             ///< not a compact JWS with a JSON header and payload
  too_long,              ///< more bytes than any token may have
  unsupported_algorithm, ///< no configured key has the algorithm that the token names
  bad_signature,         ///< none of the configured keys has signed it
  wrong_kind,            ///< a session token instead of a staff token, or the reverse
  bad_claims,            ///< a claim is missing or has a forbidden type or value
  expired,               ///< exp
  not_yet_valid,         ///< nbf or iat
  wrong_issuer,          ///< iss
  wrong_audience,        ///< aud
  signed_out,            ///< its sign-in or its account has ended
};

const boost::system::error_category& token_error_category() noexcept;
boost::system::error_code make_error_code(token_errc e) noexcept;

/// One sentence for the answer's `detail`; it says nothing about the token's content or the keys.
std::string_view detail_of(token_errc e);

/// The value of WWW-Authenticate for a 401 (RFC 6750 §3): no error attribute if no token was sent.
std::string_view challenge_for(token_errc e);

} // namespace invited::handlers

template <>
struct boost::system::is_error_code_enum<invited::handlers::token_errc> : std::true_type {};
