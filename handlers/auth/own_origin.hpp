#pragma once

#include <string_view>

namespace invited::handlers {

/// Whether an Origin field (RFC 6454 §7) names the server to which the request was sent. `scheme` is the
/// public one, "http" or "https" (a proxy may end TLS). `host` is the request's own, with its port; the
/// scheme's default port counts as none. False for "null", for lists, and for an empty field.
bool is_own_origin(std::string_view origin, std::string_view host, std::string_view scheme);

} // namespace invited::handlers
