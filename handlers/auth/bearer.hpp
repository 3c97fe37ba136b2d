#pragma once

#include <boost/system/result.hpp>

#include <string_view>

namespace invited::handlers {

/// The token in the value of an Authorization field: `Bearer` (any case), spaces, one b64token (RFC 6750
/// §2.1). token_errc::missing if the field is empty or names another scheme, token_errc::malformed for
/// anything but exactly one token. The view points into `authorization`.
boost::system::result<std::string_view> bearer_token(std::string_view authorization);

} // namespace invited::handlers
