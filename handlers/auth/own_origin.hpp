#pragma once

#include <string_view>

namespace invited::handlers {

/// Whether an Origin field (RFC 6454 §7) names the server that a request was sent to: `scheme` ("http" or
/// "https", the public one: a proxy may end TLS), and the request's own `host` with its port, where the
/// scheme's default port is as none. False for "null", for lists, and for an empty field.
bool is_own_origin(std::string_view origin, std::string_view host, std::string_view scheme);

} // namespace invited::handlers
