#pragma once

#include "handlers/tokens/principal.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// The claims of a staff token that matter, with the types and values that they may have.
struct parsed_claims {
  principal who;
  std::optional<double> not_before; ///< NumericDate (RFC 7519 §2): seconds since 1970, maybe fractional
  std::optional<double> issued_at;
  std::vector<std::string> audience;
};

/// Private claim (RFC 7519 §4.3) of tokens for accounts here: a whole number, see account::epoch.
inline constexpr std::string_view account_epoch_claim = "invited_epoch";

inline constexpr std::size_t longest_subject = 255; ///< bytes; the same limit applies to iss
inline constexpr std::size_t most_providers = 100;

/// Reads a payload. It checks types, values and role, but not times, issuer or audience. Unknown claims are
/// ignored (RFC 7519 §4). token_errc::malformed if it is not one JSON object, otherwise
/// token_errc::bad_claims.
boost::system::result<parsed_claims> parse_staff_claims(std::string_view payload);

} // namespace invited::handlers
