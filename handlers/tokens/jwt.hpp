#pragma once

#include <boost/system/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace invited::handlers {

/// The parts of a JWS in compact serialisation (RFC 7515 §7.1). Do not trust anything in it before the
/// signature is checked, and the header not even then: `alg` and `kid` only choose among the keys that we
/// have.
struct jws {
  static constexpr std::size_t max_size = 8192; ///< of the token's text: as much as a request's head may have

  std::string algorithm;          ///< alg
  std::string type;               ///< typ, empty when absent
  std::string key;                ///< kid, empty when absent
  std::string payload;            ///< decoded
  std::string signature;          ///< decoded
  std::string_view signing_input; ///< header '.' payload as sent; points into the text that was parsed
};

/// Splits a token strictly: three parts of canonical base64url, with a header object that token_object
/// accepts. token_errc::malformed for anything else, also for `crit` or `b64` in the header (RFC 7515
/// §4.1.11, RFC 7797), because we understand none of their extensions. token_errc::unsupported_algorithm for
/// `none` in any letter case. A token of more than max_size bytes is
/// token_errc::too_long, before anything is allocated.
boost::system::result<jws> parse_jws(std::string_view token);

/// Whether `typ` names this media type, in any letter case and with or without "application/" (RFC 7515
/// §4.1.9).
bool is_type(const jws& token, std::string_view type);

} // namespace invited::handlers
