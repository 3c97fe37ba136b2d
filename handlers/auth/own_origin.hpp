#pragma once

#include <string_view>

namespace invited::handlers {

/// Whether an Origin field (RFC 6454 §7) names this server: by the address that people know, whatever Host a
/// proxy sends, or by the host to which the request was sent. `base_url` is that address, with its scheme in
/// lower case; its scheme also goes with `host`, because a proxy may end TLS. A scheme's default port counts
/// as none. False for "null", for lists, and for an empty field.
bool is_own_origin(std::string_view origin, std::string_view host, std::string_view base_url);

} // namespace invited::handlers
