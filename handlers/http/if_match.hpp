#pragma once

#include <string_view>

namespace invited::handlers {

/// Whether an If-Match field (RFC 9110 §13.1.1) is fulfilled by something that is there and has the strong
/// entity tag `etag`, which is given with its quotes. A field that is malformed is not fulfilled.
bool is_match(std::string_view if_match, std::string_view etag);

} // namespace invited::handlers
