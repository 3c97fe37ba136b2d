#pragma once

#include <string_view>

namespace invited::handlers {

/// Whether an existing resource with the strong entity tag `etag` (with its quotes) fulfils an If-Match field
/// (RFC 9110 §13.1.1). A malformed field is not fulfilled.
bool is_match(std::string_view if_match, std::string_view etag);

} // namespace invited::handlers
